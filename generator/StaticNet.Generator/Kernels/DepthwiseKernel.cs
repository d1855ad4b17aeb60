using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A convolution of each channel with a window of its own: channels are lanes. The weight of a row of taps stays in registers,
/// and each vector of the input is loaded once for all the pixels of the tile that take it.
/// </summary>
internal sealed class DepthwiseKernel(Group group, Arranged arranged) : TapKernel(group, arranged)
{
    /// <summary>Longer rows of taps leave no registers for the weight; it is then loaded where it is used.</summary>
    private const int MostWeights = 5;

    /// <summary>Longer ones still are loops.</summary>
    private const int MostWrittenTaps = 16;

    protected override string Manner => "Channels are lanes.";

    protected override ChannelRange ChannelsOf(TileRun run, string lane) => ChannelRange.All(Group.Head.Inputs[0].Type.Channels);

    protected override int PanelsOfTile(VectorSyntax v) => 1;

    protected override int MostPixels(VectorSyntax v, int registers) => (v.Bits, registers) switch
    {
        (512, 1) => 14,
        (512, 2) => 8,
        (512, _) => 4,
        (_, 1) => 8,
        (_, 2) => 4,
        _ => 2,
    };

    protected override void WriteTaps(CodeWriter writer, VectorSyntax v, TapTile tile, string line, string tap)
    {
        var columns = tile.Columns;
        if (columns.Taps > MostWrittenTaps)
        {
            foreach (var segment in tile.Pixels.Segments)
                WriteTapLoop(writer, v, tile, [.. Enumerable.Range(segment.FirstPixel, segment.EndPixel - segment.FirstPixel)], line, tap, Literal.Of(segment.FirstTap), Literal.Of(segment.EndTap));
            return;
        }

        var origin = WeightOrigin(tile, tap);
        writer.Line(origin == "0" ? "ref var w = ref weight;" : $"ref var w = ref {Types.Unsafe}.Add(ref weight, {origin});");

        // Which pixels take each column of the input, and with which tap.
        var uses = (from segment in tile.Pixels.Segments
                    from j in Enumerable.Range(segment.FirstTap, segment.EndTap - segment.FirstTap)
                    from pixel in Enumerable.Range(segment.FirstPixel, segment.EndPixel - segment.FirstPixel)
                    let column = (pixel * columns.InputStep) + columns.FirstOffset + (j * columns.OffsetStep)
                    orderby column, pixel
                    group (Tap: j, Pixel: pixel) by column).ToArray();
        var start = uses[0].Key;
        var place = Placed(tile.Column, columns.InputStep, start);
        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref image, {Arithmetic.Sum(Arithmetic.Product(line, Place.Row), Arithmetic.Product(place, Place.Pixel), LaneOf(tile))});");

        for (var r = 0; r < tile.Registers.Length; r++)
        {
            var register = tile.Registers[r];
            var taps = uses.SelectMany(use => use).Select(use => use.Tap).Distinct().OrderBy(j => j).ToArray();
            var isHeld = taps.Length <= MostWeights;
            foreach (var j in isHeld ? taps : [])
                writer.Set($"w{j}", WeightLoad(v, register, Tap(j * columns.TapStep)));
            foreach (var use in uses)
            {
                writer.Set("value", v.Load("x", Literal.Of(((use.Key - start) * Place.Pixel) + register.Offset)));
                foreach (var (j, pixel) in use)
                    writer.Line($"sum{pixel}{r} = {v.MultiplyAdd("value", isHeld ? $"w{j}" : WeightLoad(v, register, Tap(j * columns.TapStep)), $"sum{pixel}{r}")};");
            }
        }
    }

    protected override void WriteTapLoop(CodeWriter writer, VectorSyntax v, TapTile tile, int[] pixels, string line, string tap, string begin, string end) =>
        writer.Block($"for (var j = {begin}; j < {end}; j++)", () =>
        {
            var place = Arithmetic.Sum(WeightOrigin(tile, tap), Arithmetic.Product("j", Tap(tile.Columns.TapStep) * Lanes.Panel));
            writer.Line($"ref var w = ref {Types.Unsafe}.Add(ref weight, {place});");
            writer.Line($"ref var x = {InputAt(tile, pixels[0], line, "j", LaneOf(tile))};");
            for (var r = 0; r < tile.Registers.Length; r++)
            {
                writer.Line($"{(r == 0 ? "var " : "")}taken = {WeightLoad(v, tile.Registers[r], 0)};");
                for (var pixel = 0; pixel < pixels.Length; pixel++)
                {
                    var offset = Literal.Of((pixel * tile.Columns.InputStep * Place.Pixel) + tile.Registers[r].Offset);
                    writer.Line($"sum{pixels[pixel]}{r} = {v.MultiplyAdd(v.Load("x", offset), "taken", $"sum{pixels[pixel]}{r}")};");
                }
            }
        });

    private static string LaneOf(TapTile tile) => Arithmetic.IsNumber(tile.Lane, out _) ? tile.Lane : $"(int){tile.Lane}";

    /// <summary>How many taps of the weight lie between taps of an axis: the gradient walks them in reverse.</summary>
    private int Tap(int tapOfAxis) => IsReversed ? -tapOfAxis : tapOfAxis;

    /// <summary>Where the weight of the first tap of a row of taps is.</summary>
    private string WeightOrigin(TapTile tile, string tap)
    {
        var (rows, columns) = (tile.Rows, tile.Columns);
        var last = IsReversed ? KernelTaps - 1 : 0;
        var first = (last + Tap((rows.FirstTap * KernelWidth) + columns.FirstTap)) * Lanes.Panel;
        var step = Tap(rows.TapStep * KernelWidth) * Lanes.Panel;
        var origin = tap == "0" ? Literal.Of(first) : step < 0 ? $"{Literal.Of(first)} - ({tap} * {Literal.Of(-step)})" : Placed(tap, step, first);
        return Arithmetic.Sum(origin, PhaseOffset(tile, Tap(Lanes.Panel)));
    }

    /// <summary>The weight of a tap relative to the row's first, which for a gradient comes after the others.</summary>
    private string WeightLoad(VectorSyntax v, TileRegister register, int tap)
    {
        var offset = (register.Panel * PanelStride) + register.Lane + (tap * Lanes.Panel);
        return offset >= 0 ? v.Load("w", Literal.Of(offset)) : $"{v.Type}.LoadUnsafe(ref {Types.Unsafe}.Add(ref w, {offset}))";
    }
}
