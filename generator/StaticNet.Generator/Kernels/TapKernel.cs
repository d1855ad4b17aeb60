using StaticNet.Generator.Emit;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// What convolutions share: tiles of some pixels of a row × some panels of channels stay in registers while the taps run by.
/// Taps that would meet padding are left out: above and below by the range of the loop, at the sides because the tiles there
/// are written apart. The gradient of an input is the same with the taps in reverse.
/// </summary>
internal abstract class TapKernel : ProductKernel
{
    private readonly IReadOnlyList<WindowedAxis> _axes;
    private readonly IReadOnlyList<TapAxis> _vertical;
    private readonly IReadOnlyList<TapAxis> _horizontal;
    private readonly int _width;
    private readonly int _height;

    protected TapKernel(Group group, Arranged arranged, IReadOnlyList<WindowedAxis> axes, bool isReversed)
        : base(group, arranged)
    {
        IReadOnlyList<TapAxis> Phases(WindowedAxis axis) => isReversed ? TapAxis.Transposed(axis) : TapAxis.Forward(axis);
        _axes = axes;
        _horizontal = Phases(axes[axes.Count - 1]);
        _vertical = axes.Count == 1 ? TapAxis.Forward(WindowedAxis.None) : Phases(axes[0]);
        _width = _horizontal.Sum(phase => phase.Count);
        _height = _vertical.Sum(phase => phase.Count);
        IsReversed = isReversed;
        Place = InputPlace.Of(group.Head.Inputs[0].Type, InputRows);
    }

    /// <summary>Whether results gather from the windows that take them: a transposed convolution, or the gradient of an input.</summary>
    protected bool IsReversed { get; }

    private bool IsGradient => Group.Head is ConvolutionInputGradient or DepthwiseInputGradient or TransposedInputGradient;

    /// <summary>Where the input's elements stand.</summary>
    protected InputPlace Place { get; }

    /// <summary>The taps of a window's row.</summary>
    protected int KernelWidth => _axes[_axes.Count - 1].Kernel;

    /// <summary>The taps of a window.</summary>
    protected int KernelTaps => _axes.Aggregate(1, (product, axis) => product * axis.Kernel);

    /// <summary>How the loops work, for the comment.</summary>
    protected abstract string Manner { get; }

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            var runs = _horizontal.SelectMany(phase => TilesOf(v, phase)).ToArray();
            var isShort = runs.Sum(run => run.Count) is > 1 and <= 8;
            var sizes = isShort ? runs.SelectMany(run => Enumerable.Repeat(run.Tile.Pixels, run.Count)) : [];
            var outputs = Math.Min(Lanes.Panel, Runs(v).Max(run => run.Computed.Count()) * v.Lanes);
            return $"{Group.Head.Layer}{(IsGradient ? ", the gradient of its input" : "")}: {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}, {string.Join("×", _axes.Select(axis => axis.Kernel))} taps{Functions}. " +
                $"{Manner} Register tile {runs.Max(run => run.Tile.Pixels)} pixels × {outputs} channels; columns {_width}{(isShort ? " = " + string.Join(" + ", sizes) : "")}.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments => Memory.Append(KernelArgument.Samples()).ToArray();

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var image = ref Unsafe.Add(ref {InputName}, sample * {InputRows.SampleLength});");
            WriteTiles(writer, Runs(v), (run, lane) =>
            {
                var channels = ChannelsOf(run, lane);
                if (!Arithmetic.IsNumber(channels.First, out _))
                {
                    writer.Line("// The channels of the groups that these filters are in.");
                    writer.Line($"var firstChannel = {channels.First};");
                    channels = channels with { First = "firstChannel" };
                }

                writer.Line($"ref var weight = {WeightAt(lane)};");
                foreach (var phase in _vertical)
                    Scoped(writer, _vertical.Count > 1, () => WriteRows(writer, v, new PanelTile(run, lane, channels), phase));
            });
            if (!Tail.IsLight)
            {
                writer.Line();
                writer.Line("// The functions behind the convolution, while the sample is in the cache.");
                WriteTailLoop(writer, v, $"sample * {OutputRows.SampleLength}", $"(sample + 1) * {OutputRows.SampleLength}");
            }
        });
    }

    /// <summary>The input's channels that the tiles of a run see.</summary>
    protected abstract ChannelRange ChannelsOf(TileRun run, string lane);

    /// <summary>The panels of a tile where rows are long enough.</summary>
    protected abstract int PanelsOfTile(VectorSyntax v);

    /// <summary>The most pixels of a tile with so many registers a pixel.</summary>
    protected abstract int MostPixels(VectorSyntax v, int registers);

    /// <summary>Writes the taps of one row of the windows.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="tile">What is computed.</param>
    /// <param name="line">The expression of the input's row.</param>
    /// <param name="tap">The expression of the tap among those of the phase.</param>
    protected abstract void WriteTaps(CodeWriter writer, VectorSyntax v, TapTile tile, string line, string tap);

    /// <summary>Narrow rows take more panels, for enough sums that do not wait for each other.</summary>
    private IReadOnlyList<TileRun> Runs(VectorSyntax v)
    {
        var panels = PanelsOfTile(v);
        while (panels < 4 && _horizontal.Max(phase => phase.Count) * panels * v.PerPanel < 8)
            panels *= 2;
        return TileRun.Cover(Width, panels, v);
    }

    private List<PixelRun> TilesOf(VectorSyntax v, TapAxis phase) => PixelTile.Cover(phase, MostPixels(v, Runs(v).Max(run => run.Computed.Count())));

    private void WriteRows(CodeWriter writer, VectorSyntax v, PanelTile panels, TapAxis rows)
    {
        if (rows.Count == 1)
        {
            WriteRow(writer, v, panels, rows, "0");
            return;
        }

        writer.Block($"for (var row = 0; row < {rows.Count}; row++)", () => WriteRow(writer, v, panels, rows, "row"));
    }

    private void WriteRow(CodeWriter writer, VectorSyntax v, PanelTile panels, TapAxis rows, string row)
    {
        var line = Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("sample", _height), Placed(row, rows.Step, rows.Begin)), _width * OutputRows.Stride);
        writer.Line($"var line = {Arithmetic.Sum($"(nuint)({line})", panels.Lane)};");
        if (rows.Taps > 0 && _horizontal.Any(columns => TilesOf(v, columns).Any(pixels => pixels.Tile.Segments.Count > 0)))
        {
            var top = TopOf(rows);
            if (top != row)
                writer.Line($"var {top} = {Placed(row, rows.InputStep, rows.FirstOffset)};");
            if (!rows.IsWhole)
            {
                string Quotient(string text) => rows.OffsetStep == 1 ? text : $"({text}) / {rows.OffsetStep}";
                writer.Line("// Only taps that meet rows of the input.");
                writer.Line($"var begin = {top} >= 0 ? 0 : {(rows.OffsetStep == 1 ? $"-{top}" : $"((-{top} - 1) / {rows.OffsetStep}) + 1")};");
                writer.Line($"var end = {top} >= {rows.Input} ? 0 : Math.Min({rows.Taps}, {(rows.OffsetStep == 1 ? $"{rows.Input} - {top}" : $"{Quotient($"{rows.Input - 1} - {top}")} + 1")});");
            }
        }

        foreach (var columns in _horizontal)
        {
            var tiles = TilesOf(v, columns);
            foreach (var pixels in tiles)
            {
                if (pixels.Count > 1)
                    writer.Block($"for (var column = {pixels.First}; column < {pixels.End}; column += {pixels.Tile.Pixels})", () => WriteTile(writer, v, panels, rows, columns, pixels.Tile, "column"));
                else
                    Scoped(writer, tiles.Count > 1 || _horizontal.Count > 1, () => WriteTile(writer, v, panels, rows, columns, pixels.Tile, Literal.Of(pixels.First)));
            }
        }
    }

    /// <summary>The name of the input's row where a window begins: where it is the row of the result, it needs none of its own.</summary>
    private static string TopOf(TapAxis rows) => rows.Count > 1 && Placed("row", rows.InputStep, rows.FirstOffset) == "row" ? "row" : "top";

    private void WriteTile(CodeWriter writer, VectorSyntax v, PanelTile panels, TapAxis rows, TapAxis columns, PixelTile tile, string column)
    {
        var registers = panels.Run.Computed.ToArray();
        for (var r = 0; r < registers.Length; r++)
        {
            writer.Line($"var sum0{r} = {Start(v, Arithmetic.Sum(panels.Lane, registers[r].Offset))};");
            for (var pixel = 1; pixel < tile.Pixels; pixel++)
                writer.Line($"var sum{pixel}{r} = sum0{r};");
        }

        if (rows.Taps > 0 && tile.Segments.Count > 0)
        {
            void Taps(string tap) => WriteTaps(
                writer, v, new TapTile(registers, rows, columns, tile, column, panels.Lane, panels.Channels), Arithmetic.Sum(TopOf(rows), Arithmetic.Product(tap, rows.OffsetStep)), tap);

            if (rows.Taps == 1 && rows.IsWhole)
                writer.Block("", () => Taps("0"));
            else
                writer.Block(rows.IsWhole ? $"for (var tap = 0; tap < {rows.Taps}; tap++)" : "for (var tap = begin; tap < end; tap++)", () => Taps("tap"));
        }

        WriteResults(writer, v, panels, columns, tile, column);
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, PanelTile panels, TapAxis columns, PixelTile tile, string column)
    {
        var first = Placed(column, columns.Step, columns.Begin);
        var isConstant = Arithmetic.IsNumber(first, out var constant);
        if (!isConstant)
            writer.Line($"var place = line + (nuint)({Arithmetic.Product(first, OutputRows.Stride)});");
        for (var pixel = 0; pixel < tile.Pixels; pixel++)
        {
            var computed = 0;
            foreach (var register in panels.Run.Registers)
            {
                var offset = (((isConstant ? constant : 0) + (pixel * columns.Step)) * OutputRows.Stride) + register.Offset;
                string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum(isConstant ? "line" : "place", offset));

                if (register.IsPadding)
                    Group.Stored.ForEach(value => writer.Line($"{v.Zero}.StoreUnsafe({Address(value)});"));
                else if (Tail.IsLight)
                    Tail.WriteOnRegister(writer, v, $"sum{pixel}{computed++}", Address, operand => Tail.LanesAt(operand, v, Arithmetic.Sum(panels.Lane, register.Offset)));
                else
                    Tail.WriteStore(writer, $"sum{pixel}{computed++}", Address);
            }
        }
    }

    internal static void Scoped(CodeWriter writer, bool isScoped, Action body)
    {
        if (isScoped)
            writer.Block("", body);
        else
            body();
    }

    /// <summary>Where something stands that is so many steps from a beginning.</summary>
    protected static string Placed(string index, int step, int begin) => Arithmetic.Sum(Arithmetic.Product(index, step), begin);
}

/// <summary>Panels of outputs that are computed together.</summary>
/// <param name="Run">The tiles of which it is one.</param>
/// <param name="Lane">The expression of the first output.</param>
/// <param name="Channels">The inputs that the outputs see.</param>
internal readonly record struct PanelTile(TileRun Run, string Lane, ChannelRange Channels);

/// <summary>A tile of pixels and channels.</summary>
/// <param name="Registers">The registers of a pixel.</param>
/// <param name="Rows">How the windows' rows lie.</param>
/// <param name="Columns">How their columns lie.</param>
/// <param name="Pixels">The pixels, and which taps they have.</param>
/// <param name="Column">The expression of the first pixel's column.</param>
/// <param name="Lane">The expression of the first channel.</param>
/// <param name="Channels">The inputs that the channels see.</param>
internal sealed record TapTile(TileRegister[] Registers, TapAxis Rows, TapAxis Columns, PixelTile Pixels, string Column, string Lane, ChannelRange Channels);

/// <summary>Where the elements of a convolution's input stand: the floats from pixel to pixel, row to row, channel to channel.</summary>
/// <param name="IsPlanar">Whether each channel is a plane of its own.</param>
/// <param name="Pixel">From pixel to pixel of a row.</param>
/// <param name="Row">From row to row.</param>
/// <param name="Channel">From channel to channel.</param>
internal readonly record struct InputPlace(bool IsPlanar, int Pixel, int Row, int Channel)
{
    public static InputPlace Of(TensorType type, RowLayout layout)
    {
        var pixels = type.Pixels;
        var width = pixels[pixels.Count - 1];
        return type.IsChannelsLast
            ? new InputPlace(false, layout.Stride, width * layout.Stride, 1)
            : new InputPlace(true, 1, layout.Stride, layout.Rows / type.Channels * layout.Stride);
    }
}
