using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// What convolutions share: tiles of some pixels of a row × some panels of channels stay in registers while the taps run by.
/// Taps that would meet padding are left out: above and below by the range of the loop, at the sides because the tiles there
/// are written apart, or, where they are many, by loops over the taps that their pixels have. The gradient of an input is the
/// same with the taps in reverse.
/// </summary>
internal abstract class TapKernel : ProductKernel
{
    /// <summary>Up to this many segments of a row's tiles are each written out.</summary>
    private const int MostWrittenSegments = 48;

    /// <summary>The pixels of a tile at a side whose taps are found when it runs.</summary>
    private const int PixelsOfSide = 4;

    private readonly IReadOnlyList<WindowedAxis> _axes;
    private readonly Dictionary<(VectorSyntax, TapAxis), PixelRow> _rows = [];
    private (IReadOnlyList<TapAxis> Vertical, IReadOnlyList<TapAxis> Horizontal)? _phases;
    private readonly int _width;
    private readonly int _height;

    protected TapKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        Windowed = (WindowSum)group.Head;
        _axes = Windowed.Axes;
        _width = Length(Columns);
        _height = Length(Rows);
        int Length(WindowedAxis axis) => IsReversed ? axis.Input : axis.Output;
        Place = InputPlace.Of(group.Head.Inputs[0].Type, InputRows);
    }

    private WindowSum Windowed { get; }

    private WindowedAxis Columns => _axes[_axes.Count - 1];

    private WindowedAxis Rows => _axes.Count == 1 ? WindowedAxis.None : _axes[0];

    /// <summary>The phases of rows and of columns, which are made where they are written.</summary>
    private (IReadOnlyList<TapAxis> Vertical, IReadOnlyList<TapAxis> Horizontal) Phases => _phases ??= IsReversed
        ? (TapAxis.Transposed(Rows, TapAxis.CountOf(Columns)), TapAxis.Transposed(Columns, TapAxis.CountOf(Rows)))
        : (TapAxis.Forward(Rows), TapAxis.Forward(Columns));

    /// <summary>Whether results gather from the windows that take them: a transposed convolution, or the gradient of an input.</summary>
    protected bool IsReversed => Windowed.Gathers;

    /// <summary>Where the input's elements are.</summary>
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
            var runs = Phases.Horizontal.SelectMany(phase => RowOf(v, phase).Written).ToArray();
            var isShort = Phases.Horizontal.All(phase => phase.Phases == 1 && RowOf(v, phase).IsWritten) && runs.Sum(run => run.Count) is > 1 and <= 8;
            var sizes = isShort ? runs.SelectMany(run => Enumerable.Repeat(run.Tile.Pixels, run.Count)) : [];
            var outputs = Math.Min(Lanes.Panel, Runs(v).Max(run => run.Computed.Count()) * v.Lanes);
            return $"{Group.Head.Layer}{(Windowed.IsGradient ? ", the gradient of its input" : "")}: {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}, {Invariant.Shape(_axes.Select(axis => axis.Kernel))} taps{Functions}. " +
                $"{Manner} Register tile {runs.Select(run => run.Tile.Pixels).DefaultIfEmpty(PixelsOfSide).Max()} pixels × {outputs} channels; columns {_width}{(isShort ? " = " + string.Join(" + ", sizes.Select(Literal.Of)) : "")}.{(Windowed.IsWinograd ? "" : Windowed.Why)}";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments => Memory.Append(KernelArgument.Samples()).ToArray();

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var image = ref {Types.Unsafe}.Add(ref {InputName}, sample * {LengthOf(Input, InputRows)});");
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
                foreach (var phase in Phases.Vertical)
                    WritePhases(writer, phase, RowPhase, Phases.Vertical.Count > 1, () => WriteRows(writer, v, new PanelTile(run, lane, channels), phase));
            });
            if (!Tail.IsLight)
            {
                writer.Line();
                writer.Line("// The functions after the convolution, while the sample is in the cache.");
                WriteTailLoop(writer, v, $"sample * {LengthOf(Group.Result, OutputRows)}", $"(sample + 1) * {LengthOf(Group.Result, OutputRows)}");
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

    /// <summary>Writes taps in a loop, for pixels of a tile that all have them.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="tile">What is computed.</param>
    /// <param name="pixels">The tile's pixels, which follow each other.</param>
    /// <param name="line">The expression of the input's row.</param>
    /// <param name="tap">The expression of the tap among those of the phase's rows.</param>
    /// <param name="begin">The expression of the first tap among those of the phase's columns.</param>
    /// <param name="end">The expression of the end of those taps.</param>
    protected abstract void WriteTapLoop(CodeWriter writer, VectorSyntax v, TapTile tile, int[] pixels, string line, string tap, string begin, string end);

    /// <summary>Where the input element that a pixel of a tile meets with a tap is.</summary>
    protected string InputAt(TapTile tile, int pixel, string line, string tap, string lane)
    {
        var columns = tile.Columns;
        var column = Arithmetic.Sum(Placed(tile.Column, columns.InputStep, (pixel * columns.InputStep) + columns.FirstOffset), Arithmetic.Product(tap, columns.OffsetStep));
        return $"ref {Types.Unsafe}.Add(ref image, {Arithmetic.Sum(Arithmetic.Product(line, Place.Row), Arithmetic.Product(column, Place.Pixel), lane)})";
    }

    /// <summary>How far the first tap of a phase is from that of the first one of its loop, times the floats of a tap; nothing where there is no loop.</summary>
    protected Affine PhaseOffset(TapTile tile, int floatsOfTap) => Arithmetic.Sum(
        tile.Rows.Phases == 1 ? "0" : Arithmetic.Product(RowPhase, tile.Rows.FirstTapStep * KernelWidth * floatsOfTap),
        tile.Columns.Phases == 1 ? "0" : Arithmetic.Product(ColumnPhase, tile.Columns.FirstTapStep * floatsOfTap));

    private const string RowPhase = "rowPhase", ColumnPhase = "columnPhase";

    /// <summary>Where the first result of a phase is.</summary>
    private static string BeginOf(TapAxis axis, string phase) => axis.Phases == 1 ? Literal.Of(axis.Begin) : Arithmetic.Sum(Arithmetic.Product(phase, axis.BeginStep), axis.Begin);

    /// <summary>Writes a loop over the phases that one stands for, or the one.</summary>
    private static void WritePhases(CodeWriter writer, TapAxis axis, string name, bool isScoped, Action body)
    {
        if (axis.Phases == 1)
            writer.Scoped(isScoped, body);
        else
            writer.Block($"for (var {name} = 0; {name} < {axis.Phases}; {name}++)", body);
    }

    /// <summary>Narrow rows take more panels, for enough sums that do not wait for each other.</summary>
    private IReadOnlyList<TileRun> Runs(VectorSyntax v)
    {
        var panels = PanelsOfTile(v);
        var longest = Phases.Horizontal.Max(phase => phase.Count);
        while (panels < 4 && longest * panels * v.PerPanel < 8)
            panels *= 2;
        return TileRun.Cover(Width, panels, v);
    }

    /// <summary>How the pixels of a row are covered.</summary>
    private PixelRow RowOf(VectorSyntax v, TapAxis phase)
    {
        if (!_rows.TryGetValue((v, phase), out var row))
            _rows[(v, phase)] = row = PixelRow.Of(phase, MostPixels(v, Runs(v).Max(run => run.Computed.Count())), MostWrittenSegments);
        return row;
    }

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
        var placed = Arithmetic.Sum(Arithmetic.Product(row, rows.Step), BeginOf(rows, RowPhase));
        var line = Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("sample", _height), placed), _width * OutputRows.Stride);
        writer.Line($"var line = {Arithmetic.Sum($"({Types.NUInt})({line})", panels.Lane)};");
        if (rows.Taps > 0 && Phases.Horizontal.Any(columns => RowOf(v, columns).HasTaps))
        {
            var top = TopOf(rows);
            if (top != row)
                writer.Line($"var {top} = {Placed(row, rows.InputStep, rows.FirstOffset)};");
            if (!rows.IsWhole)
            {
                string Quotient(string text) => rows.OffsetStep == 1 ? text : $"({text}) / {rows.OffsetStep}";
                writer.Line("// Only taps on rows of the input.");
                writer.Line($"var begin = {top} >= 0 ? 0 : {(rows.OffsetStep == 1 ? $"-{top}" : $"((-{top} - 1) / {rows.OffsetStep}) + 1")};");
                writer.Line($"var end = {top} >= {rows.Input} ? 0 : {Types.Math}.Min({rows.Taps}, {(rows.OffsetStep == 1 ? $"{rows.Input} - {top}" : $"{Quotient($"{rows.Input - 1} - {top}")} + 1")});");
            }
        }

        foreach (var columns in Phases.Horizontal)
        {
            var covered = RowOf(v, columns);
            var isScoped = !covered.IsWritten || covered.Written.Count > 1 || Phases.Horizontal.Count > 1;
            WritePhases(writer, columns, ColumnPhase, isScoped: false, () =>
            {
                WriteSide(writer, v, panels, rows, columns.Part(0, covered.First));
                var written = covered.IsWritten ? columns : columns.Part(covered.First, covered.End - covered.First);
                foreach (var pixels in covered.Written)
                {
                    if (pixels.Count > 1)
                        writer.Block($"for (var column = {pixels.First}; column < {pixels.End}; column += {pixels.Tile.Pixels})", () => WriteTile(writer, v, panels, rows, written, pixels.Tile, "column"));
                    else
                        writer.Scoped(isScoped, () => WriteTile(writer, v, panels, rows, written, pixels.Tile, Literal.Of(pixels.First)));
                }

                WriteSide(writer, v, panels, rows, columns.Part(covered.End, columns.Count - covered.End));
            });
        }
    }

    /// <summary>Writes pixels at a side, whose taps are found when they run: some together, and the rest one by one.</summary>
    private void WriteSide(CodeWriter writer, VectorSyntax v, PanelTile panels, TapAxis rows, TapAxis columns)
    {
        var together = columns.Count / PixelsOfSide * PixelsOfSide;
        if (together > 0)
            writer.Block($"for (var column = 0; column < {together}; column += {PixelsOfSide})", () => WriteTile(writer, v, panels, rows, columns, PixelTile.OfSide(PixelsOfSide), "column"));
        if (together < columns.Count)
            writer.Block($"for (var column = {together}; column < {columns.Count}; column++)", () => WriteTile(writer, v, panels, rows, columns, PixelTile.OfSide(1), "column"));
    }

    private void WriteTapsOfSide(CodeWriter writer, VectorSyntax v, TapTile tile, string line, string tap)
    {
        var (columns, pixels) = (tile.Columns, tile.Pixels.Pixels);
        void Loop(int[] some, string begin, string end) => WriteTapLoop(writer, v, tile, some, line, tap, begin, end);
        Loop([.. Enumerable.Range(0, pixels)], SideTaps.SharedBegin, SideTaps.SharedEnd);
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            if (pixel > 0)
                Loop([pixel], SideTaps.First(columns, pixel), $"{Types.Math}.Min({SideTaps.SharedBegin}, {SideTaps.End(columns, pixel)})");
            if (pixel < pixels - 1)
                Loop([pixel], SideTaps.SharedEnd, SideTaps.End(columns, pixel));
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

        if (rows.Taps > 0 && columns.Taps > 0 && (tile.IsOfSide || tile.Segments.Count > 0))
        {
            if (tile.IsOfSide)
                SideTaps.WriteShared(writer, columns, tile.Pixels, column);
            void Taps(string tap)
            {
                var computed = new TapTile(registers, rows, columns, tile, column, panels.Lane, panels.Channels);
                var line = Arithmetic.Sum(TopOf(rows), Arithmetic.Product(tap, rows.OffsetStep));
                if (tile.IsOfSide)
                    WriteTapsOfSide(writer, v, computed, line, tap);
                else
                    WriteTaps(writer, v, computed, line, tap);
            }

            if (rows.Taps == 1 && rows.IsWhole)
                Taps("0");
            else
                writer.Block(rows.IsWhole ? $"for (var tap = 0; tap < {rows.Taps}; tap++)" : "for (var tap = begin; tap < end; tap++)", () => Taps("tap"));
        }

        WriteResults(writer, v, panels, columns, tile, column);
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, PanelTile panels, TapAxis columns, PixelTile tile, string column)
    {
        var first = Arithmetic.Sum(Arithmetic.Product(column, columns.Step), BeginOf(columns, ColumnPhase));
        var isConstant = Arithmetic.IsNumber(first, out var constant);
        if (!isConstant)
            writer.Line($"var place = line + ({Types.NUInt})({Arithmetic.Product(first, OutputRows.Stride)});");
        if (panels.Run.Registers.Any(register => register.IsPadding))
            writer.Line(RowLoops.PaddingComment);
        for (var pixel = 0; pixel < tile.Pixels; pixel++)
        {
            var computed = 0;
            foreach (var register in panels.Run.Registers)
            {
                var offset = (((isConstant ? constant : 0) + (pixel * columns.Step)) * OutputRows.Stride) + register.Offset;
                string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum(isConstant ? "line" : "place", offset));

                if (register.IsPadding)
                    Group.Stored.ForEach(value => writer.Line(v.Store(v.Zero, Address(value))));
                else if (Tail.IsLight)
                    Tail.WriteOnRegister(writer, v, $"sum{pixel}{computed++}", Address, operand => Tail.LanesAt(operand, v, Arithmetic.Sum(panels.Lane, register.Offset)));
                else
                    Tail.WriteStore(writer, v, $"sum{pixel}{computed++}", Address);
            }
        }
    }

    /// <summary>The place that is the given number of steps from a beginning.</summary>
    protected static Affine Placed(Affine index, int step, int begin) => Arithmetic.Sum(Arithmetic.Product(index, step), begin);
}
