using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A convolution without any copy of its input: for a tile of pixels × channels the taps and the input's channels run by, so
/// that each vector of the weight serves all pixels, and each broadcast of an input all channels of the tile.
/// </summary>
internal sealed class ConvolutionKernel(Group group, Arranged arranged) : TapKernel(group, arranged)
{
    /// <summary>Up to this many steps of the loop over taps and channels are written out.</summary>
    private const int UnrolledSteps = 4;

    /// <summary>
    /// From this many products of a step on, two steps in one turn of the loop save nothing: adding to the index and the branch are hidden
    /// behind them.
    /// </summary>
    private const int LeastProductsOfOneStep = 10;

    /// <summary>Up to this many steps over the planes of a window's row are written out.</summary>
    private const int MostPlaneSteps = 64;

    protected override string Manner => Place.IsPlanar ? "The input has few channels and is read plane by plane."
        : IsReversed && !Product.IsGradient ? "Channels are last; each pixel gathers from those whose windows contain it." : Groups > 1 ? "Channels are last; a tile takes those of its filters' groups." : "Channels are last.";

    /// <summary>The input channels.</summary>
    private int Channels => Group.Head.Inputs[0].Type.Channels;

    /// <summary>With 512 bits two panels, so that each broadcast serves two products.</summary>
    protected override int PanelsOfTile(VectorSyntax v) => v.Bits == 512 && Groups == 1 ? 2 : 1;

    protected override ChannelRange ChannelsOf(TileRun run, string lane) => Groups == 1 ? ChannelRange.All(Channels) : ChannelRange.Of(Groups, Width, Channels, run, lane);

    private int Groups => Weight.Connections.Groups;

    /// <summary>As many pixels as fit with the weight's vectors and the broadcast in 16 registers, or in AVX-512's 32.</summary>
    protected override int MostPixels(VectorSyntax v, int registers) => (v.Bits, registers) switch
    {
        (512, <= 2) => 14,
        (512, _) => 6,
        (_, 1) => 8,
        (_, 2) => 6,
        (_, 3) => 4,
        _ => 3,
    };

    protected override void WriteTaps(CodeWriter writer, VectorSyntax v, TapTile tile, string line, string tap)
    {
        foreach (var segment in tile.Pixels.Segments)
            writer.Scoped(tile.Pixels.Segments.Count > 1, () => WriteSegment(writer, v, tile, segment, line, tap));
    }

    /// <summary>Writes taps that the same pixels of a tile have.</summary>
    private void WriteSegment(CodeWriter writer, VectorSyntax v, TapTile tile, TapSegment segment, string line, string tap)
    {
        var (rows, columns, registers, column) = (tile.Rows, tile.Columns, tile.Registers, tile.Column);
        if (Place.IsPlanar && (segment.EndTap - segment.FirstTap) * (Channels > UnrolledSteps ? 1 : Channels) > MostPlaneSteps)
        {
            WriteTapLoop(writer, v, tile, [.. Enumerable.Range(segment.FirstPixel, segment.EndPixel - segment.FirstPixel)], line, tap, Literal.Of(segment.FirstTap), Literal.Of(segment.EndTap));
            return;
        }

        var origin = Placed(column, columns.InputStep, (segment.FirstPixel * columns.InputStep) + columns.FirstOffset + (segment.FirstTap * columns.OffsetStep));
        var first = ((rows.FirstTap * KernelWidth) + columns.FirstTap + (segment.FirstTap * columns.TapStep)) * Channels * Lanes.Panel;
        var step = rows.TapStep * KernelWidth * Channels * Lanes.Panel;
        var place = Arithmetic.Sum(Arithmetic.Product(tap, step), first);
        var seen = tile.Channels;
        place = Arithmetic.Sum(place, Arithmetic.Product(seen.First, Lanes.Panel), PhaseOffset(tile, Channels * Lanes.Panel));
        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref image, {Arithmetic.Sum(Arithmetic.Product(line, Place.Row), Arithmetic.Product(origin, Place.Pixel), seen.First)});");
        writer.Line(place == "0" ? "ref var w = ref weight;" : $"ref var w = ref {Types.Unsafe}.Add(ref weight, {place});");

        var taps = segment.EndTap - segment.FirstTap;
        var pixels = Enumerable.Range(segment.FirstPixel, segment.EndPixel - segment.FirstPixel).ToArray();
        var pixelStep = columns.InputStep * Place.Pixel;
        void Step(string k, int offset, int row) => WriteStep(writer, v, registers, pixels, pixelStep, k, offset, row);

        if (Place.IsPlanar && Channels > UnrolledSteps)
        {
            writer.Block($"for (var channel = 0; channel < {Channels}; channel++)", () =>
            {
                for (var j = 0; j < taps; j++)
                    Step("", j * columns.OffsetStep, j * columns.TapStep * Channels);
                writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {Place.Channel});");
                writer.Line($"w = ref {Types.Unsafe}.Add(ref w, {Lanes.Panel});");
            });
            return;
        }

        if (Place.IsPlanar)
        {
            for (var j = 0; j < taps; j++)
            {
                for (var channel = 0; channel < Channels; channel++)
                    Step("", (j * columns.OffsetStep * Place.Pixel) + (channel * Place.Channel), (j * columns.TapStep * Channels) + channel);
            }

            return;
        }

        var isContiguous = taps == 1 || (Place.Pixel == seen.Count && columns.OffsetStep == 1 && columns.TapStep == 1);
        void Loop(int steps) => WriteSteps(writer, steps, pixels.Length * registers.Length, Step);
        if (isContiguous)
        {
            Loop(taps * seen.Count);
            return;
        }

        writer.Block($"for (var j = 0; j < {taps}; j++)", () =>
        {
            Loop(seen.Count);
            writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {columns.OffsetStep * Place.Pixel});");
            // The loop over channels has moved the weight by its own length.
            var moved = seen.Count <= UnrolledSteps ? 0 : seen.Count;
            if ((columns.TapStep * Channels) - moved is var rest && rest > 0)
                writer.Line($"w = ref {Types.Unsafe}.Add(ref w, {rest * Lanes.Panel});");
        });
    }

    /// <summary>Writes steps that follow each other in the input and in the weight.</summary>
    private static void WriteSteps(CodeWriter writer, int steps, int products, Action<string, int, int> step)
    {
        if (steps <= UnrolledSteps)
        {
            for (var k = 0; k < steps; k++)
                step("", k, k);
            return;
        }

        var unroll = steps % 2 == 0 && products < LeastProductsOfOneStep ? 2 : 1;
        writer.Count(Types.NUInt, "k", 0, Literal.Of(steps), unroll, () =>
        {
            for (var u = 0; u < unroll; u++)
                step("k", u, u);
            writer.Line($"w = ref {Types.Unsafe}.Add(ref w, {unroll * Lanes.Panel});");
        });
    }

    protected override void WriteTapLoop(CodeWriter writer, VectorSyntax v, TapTile tile, int[] pixels, string line, string tap, string begin, string end)
    {
        var (rows, columns, seen) = (tile.Rows, tile.Columns, tile.Channels);
        var floats = Channels * Lanes.Panel;
        var place = Arithmetic.Sum(
            Arithmetic.Product(tap, rows.TapStep * KernelWidth * floats),
            Arithmetic.Product("j", columns.TapStep * floats),
            Literal.Of(((rows.FirstTap * KernelWidth) + columns.FirstTap) * floats),
            Arithmetic.Product(seen.First, Lanes.Panel),
            PhaseOffset(tile, floats));
        void Step(string k, int offset, int row) => WriteStep(writer, v, tile.Registers, pixels, columns.InputStep * Place.Pixel, k, offset, row);

        writer.Block($"for (var j = {begin}; j < {end}; j++)", () =>
        {
            writer.Line($"ref var x = {InputAt(tile, pixels[0], line, "j", seen.First)};");
            writer.Line($"ref var w = ref {Types.Unsafe}.Add(ref weight, {place});");
            if (!Place.IsPlanar)
                WriteSteps(writer, seen.Count, pixels.Length * tile.Registers.Length, Step);
            else if (Channels <= UnrolledSteps)
            {
                for (var channel = 0; channel < Channels; channel++)
                    Step("", channel * Place.Channel, channel);
            }
            else
            {
                writer.Block($"for (var channel = 0; channel < {Channels}; channel++)", () =>
                {
                    Step("", 0, 0);
                    writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {Place.Channel});");
                    writer.Line($"w = ref {Types.Unsafe}.Add(ref w, {Lanes.Panel});");
                });
            }
        });
    }

    /// <summary>One input of every pixel times the weight's row.</summary>
    private void WriteStep(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int[] pixels, int pixelStep, string k, int offset, int row)
    {
        for (var r = 0; r < registers.Length; r++)
            writer.Set($"weight{r}", v.Load("w", Literal.Of((row * Lanes.Panel) + (registers[r].Panel * PanelStride) + registers[r].Lane)));
        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            writer.Set("value", v.Broadcast(VectorSyntax.At("x", Arithmetic.Sum(k, offset + (pixel * pixelStep)))));
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"sum{pixels[pixel]}{r} = {v.MultiplyAdd("value", $"weight{r}", $"sum{pixels[pixel]}{r}")};");
        }
    }
}
