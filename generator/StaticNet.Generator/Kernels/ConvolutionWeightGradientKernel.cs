using StaticNet.Generator.Emit;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dw = Σ x ∗ dy: tiles of some inputs × one or two panels of channels stay in registers while the pixels of some samples run
/// by, and are then added to what the samples before them gave. Each tile belongs to whoever computes it, so that any split
/// gives the same bits.
/// </summary>
internal sealed class ConvolutionWeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    /// <summary>As many pixels run by before a tile is stored as make its load and store cheap.</summary>
    private const int PixelsOfBlock = 128;

    /// <summary>Up to so many strips of taps are each written out with constant places.</summary>
    private const int MostWrittenStrips = 4;

    private ConvolutionWeightGradient Operation => (ConvolutionWeightGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private int Channels => Operation.Inputs[0].Type.Channels;

    private int Width => Operation.Parameter.Outputs;

    private WindowedAxis Horizontal => Operation.Axes[Operation.Axes.Count - 1];

    private WindowedAxis Vertical => Operation.Axes.Count == 1 ? WindowedAxis.None : Operation.Axes[0];

    private InputPlace Place => InputPlace.Of(Operation.Inputs[0].Type, InputLayout(0));

    /// <summary>Planes have zeros around them, so that all taps take the same pixels: a tile may then hold inputs of several taps.</summary>
    private bool MixesTaps => Place.IsPlanar;

    /// <summary>The inputs that strips divide: all of the weight's, or the channels of one tap.</summary>
    private int Inputs => MixesTaps ? Operation.Parameter.Depth : Channels;

    private string GradientName => Names.Argument(Operation.Parameter.FullName + ".gradient");

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            return $"{Operation.Parameter.FullName}'s gradient, the sum over samples and pixels: tiles of up to {Strips(v)[0]} {(MixesTaps ? "taps" : "inputs of a tap")} × " +
                $"{Math.Min(Lanes.Panel, Runs(v)[0].Computed.Count() * v.Lanes)} channels stay in registers while the pixels run by.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Gradient, Names.Argument(Gradient.Name)),
        KernelArgument.GradientOf(Operation.Parameter),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    /// <summary>Work is shared by taps, or, where a tile holds several, by strips of them.</summary>
    public override int Tiles => MixesTaps ? Strips(VectorSyntax.V256).Length : Operation.Parameter.Positions;

    private int SamplesOfBlock => Math.Max(1, PixelsOfBlock / (Vertical.Output * Horizontal.Output));

    /// <summary>Whether the weight is that of a transposed convolution: input and gradient change places, and the taps are in reverse.</summary>
    private bool IsTransposed => Operation.Parameter.IsTransposed;

    private int GradientStride => InputLayout(1).Stride;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var block = SamplesOfBlock;
        writer.Block($"for (var first = 0; first < samples; first += {block})", () =>
        {
            if (block > 1)
                writer.Line($"var count = Math.Min({block}, samples - first);");
            writer.Line("var isAdded = accumulate || first > 0;");
            writer.Line($"ref var image = ref Unsafe.Add(ref {Names.Argument(Input.Name)}, first * {InputLayout(0).SampleLength});");
            writer.Line($"ref var map = ref Unsafe.Add(ref {Names.Argument(Gradient.Name)}, first * {InputLayout(1).SampleLength});");
            if (MixesTaps)
                WriteStripsOfTaps(writer, v);
            else
                WriteTaps(writer, v);
        });
        var weight = Operation.Parameter;
        if (!weight.Connections.IsFull)
        {
            writer.Line("// Channels and filters that do not meet have no gradient.");
            writer.Line($"ReadOnlySpan<ushort> lanes = [{string.Join(", ", weight.Connections.Lanes(weight.Inputs, weight.Outputs))}];");
            writer.Line($"Panels.KeepConnected(ref {GradientName}, lanes, {weight.Inputs}, {weight.Positions}, {(weight.IsTransposed ? $"{weight.Positions} - end, {weight.Positions} - begin" : "begin, end")});");
        }
    }

    /// <summary>The sizes of the strips, equalised.</summary>
    private int[] Strips(VectorSyntax v)
    {
        var most = (v.Bits, Runs(v).Max(run => run.Computed.Count())) switch
        {
            (512, _) => 14,
            (_, 1) => 12,
            (_, 2) => 6,
            _ => 3,
        };
        var count = ((Inputs - 1) / most) + 1;
        return Enumerable.Range(0, count).Select(strip => (Inputs / count) + (strip < Inputs % count ? 1 : 0)).ToArray();
    }

    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(Width, v.Bits == 512 ? 2 : 1, v);

    private void WriteTaps(CodeWriter writer, VectorSyntax v)
    {
        var strips = Strips(v);
        writer.Block("for (var tap = begin; tap < end; tap++)", () =>
        {
            var rowTap = Operation.Axes.Count == 1 ? "0" : Horizontal.Kernel == 1 ? "tap" : $"tap / {Horizontal.Kernel}";
            var columnTap = Horizontal.Kernel == 1 ? "0" : Operation.Axes.Count == 1 ? "tap" : $"tap % {Horizontal.Kernel}";
            writer.Line("// The windows whose tap meets the input.");
            if (Operation.Axes.Count > 1)
                WriteRange(writer, Vertical, rowTap, "top", "rowBegin", "rowEnd");
            WriteRange(writer, Horizontal, columnTap, "left", "columnBegin", "columnEnd");
            WriteStrips(writer, strips, (size, channel) => WriteTiles(writer, v, size, Enumerable.Range(0, size).Select(Literal.Of).ToArray(), channel, IsTransposed ? $"(({Operation.Parameter.Positions - 1} - tap) * {Channels}) + channel" : $"(tap * {Channels}) + channel"));
        });
    }

    /// <summary>Writes where a tap's row of the input stands relative to a window's, and the windows for which it exists.</summary>
    private static void WriteRange(CodeWriter writer, WindowedAxis axis, string tap, string origin, string begin, string end)
    {
        var offset = tap == "0" ? Literal.Of(-axis.Before) : axis.Dilation == 1 ? $"({tap}) - {axis.Before}" : $"(({tap}) * {axis.Dilation}) - {axis.Before}";
        writer.Line($"var {origin} = {offset};");
        if (axis.IsInside)
        {
            writer.Line($"const int {begin} = 0;").Line($"const int {end} = {axis.Output};");
            return;
        }

        writer.Line($"var {begin} = {origin} >= 0 ? 0 : {(axis.Stride == 1 ? $"-{origin}" : $"((-{origin} - 1) / {axis.Stride}) + 1")};");
        var last = axis.Stride == 1 ? $"{axis.Input} - {origin}" : $"(({axis.Input - 1} - {origin} + {axis.Stride}) / {axis.Stride})";
        writer.Line($"var {end} = Math.Min({axis.Output}, {last});");
    }

    /// <summary>Writes a loop over strips of equal size, one for each size.</summary>
    private static void WriteStrips(CodeWriter writer, int[] strips, Action<int, string> body)
    {
        var first = 0;
        foreach (var size in strips.Distinct())
        {
            var start = first;
            var end = first + (strips.Count(other => other == size) * size);
            writer.Block($"for (var channel = {start}; channel < {end}; channel += {size})", () => body(size, "channel"));
            first = end;
        }
    }

    private void WriteStripsOfTaps(CodeWriter writer, VectorSyntax v)
    {
        // Strips of other widths than 256 bits divide the same range of tiles.
        var strips = Strips(v);
        string Bound(string tile) => strips.Length == Tiles ? tile : $"{tile} * {strips.Length} / {Tiles}";
        var head = $"for (var strip = {Bound("begin")}; strip < {Bound("end")}; strip++)";
        if (strips.Length > MostWrittenStrips)
        {
            writer.Line("// Where each row of the weight takes its input.");
            writer.Line($"ReadOnlySpan<int> places = [{string.Join(", ", Enumerable.Range(0, Inputs).Select(PlaneOffset))}];");
            writer.Block(head, () => WriteStripOfPlaces(writer, v, strips));
            return;
        }

        writer.Block(head, () => writer.Block("switch (strip)", () =>
        {
            var first = 0;
            for (var strip = 0; strip < strips.Length; strip++)
            {
                var (start, size) = (first, strips[strip]);
                writer.Line($"case {strip}:");
                writer.Block("", () => WriteTiles(writer, v, size, Enumerable.Range(start, size).Select(row => Literal.Of(PlaneOffset(row))).ToArray(), "0", Literal.Of(start)));
                writer.Line("break;");
                first += size;
            }
        }));
    }

    /// <summary>Many strips share their code; the places of their inputs come from a table.</summary>
    private void WriteStripOfPlaces(CodeWriter writer, VectorSyntax v, int[] strips)
    {
        var larger = strips.Count(size => size > strips[strips.Length - 1]);
        var small = strips[strips.Length - 1];
        void Strip(int size, string row)
        {
            writer.Line($"var row0 = {row};");
            for (var i = 0; i < size; i++)
                writer.Line($"var place{i} = (nint)places[row0{(i == 0 ? "" : $" + {i}")}];");
            WriteTiles(writer, v, size, Enumerable.Range(0, size).Select(i => $"place{i}").ToArray(), "0", "row0");
        }

        if (larger == 0)
        {
            Strip(small, $"strip * {small}");
            return;
        }

        writer.Block($"if (strip < {larger})", () => Strip(small + 1, $"strip * {small + 1}"));
        writer.Block("else", () => Strip(small, $"(strip * {small}) + {larger}"));
    }

    private static string Times(string index, int factor) => factor == 1 ? index : $"({index} * {factor})";

    /// <summary>Where the input of a row of the weight stands relative to a window's first.</summary>
    private int PlaneOffset(int row)
    {
        var (tap, channel) = (row / Channels, row % Channels);
        var (rowTap, columnTap) = (tap / Horizontal.Kernel, tap % Horizontal.Kernel);
        return (rowTap * Vertical.Dilation * Place.Row) + (columnTap * Horizontal.Dilation) + (channel * Place.Channel);
    }

    private void WriteTiles(CodeWriter writer, VectorSyntax v, int size, string[] offsets, string channel, string row) =>
        ProductKernel.WriteTiles(writer, Runs(v), (run, lane) => WriteTile(writer, v, run, size, offsets, channel, row, lane));

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, int size, string[] offsets, string channel, string row, string lane)
    {
        var registers = run.Computed.ToArray();
        var depth = Operation.Parameter.Depth;
        for (var i = 0; i < size; i++)
            writer.Line(string.Join(" ", registers.Select((_, r) => $"var sum{i}{r} = {v.Zero};")));

        void Row(string sample, string outputRow)
        {
            var (place, horizontal) = (Place, Horizontal);
            var sampleOffset = sample == "0" ? "" : $"({sample} * {InputLayout(0).SampleLength}) + ";
            var mapOffset = sample == "0" ? "" : $"({sample} * {InputLayout(1).SampleLength}) + ";
            if (IsTransposed)
            {
                // The windows lie over the gradient: it moves by the stride, and the input pixel by pixel.
                var dyRow = Operation.Axes.Count == 1 ? "0" : $"({Times(outputRow, Vertical.Stride)} + top) * {horizontal.Input}";
                var dyColumn = $"{Times("columnBegin", horizontal.Stride)} + left";
                var xRow = Operation.Axes.Count == 1 ? "0" : $"{outputRow} * {place.Row}";
                WriteColumns(
                    $"ref Unsafe.Add(ref image, {sampleOffset}({xRow}) + (columnBegin * {place.Pixel}) + {channel})",
                    $"ref Unsafe.Add(ref map, {mapOffset}((({dyRow}) + {dyColumn}) * {GradientStride}){(lane == "0" ? "" : $" + (int){lane}")})",
                    place.Pixel, horizontal.Stride * GradientStride);
                return;
            }

            var inputRow = Vertical.Stride == 1 ? outputRow : $"({outputRow} * {Vertical.Stride})";
            var inputColumn = horizontal.Stride == 1 ? "columnBegin + left" : $"(columnBegin * {horizontal.Stride}) + left";
            var start = MixesTaps
                ? $"{inputRow} * {place.Row}"
                : $"({(Operation.Axes.Count == 1 ? "0" : $"({inputRow} + top) * {place.Row}")}) + (({inputColumn}) * {place.Pixel}) + {channel}";
            var mapStart = MixesTaps ? $"{outputRow} * {horizontal.Output * GradientStride}" : $"(({outputRow} * {horizontal.Output}) + columnBegin) * {GradientStride}";
            WriteColumns(
                $"ref Unsafe.Add(ref image, {sampleOffset}({start}))",
                $"ref Unsafe.Add(ref map, {mapOffset}({mapStart}){(lane == "0" ? "" : $" + (int){lane}")})",
                horizontal.Stride * place.Pixel, GradientStride);
        }

        void WriteColumns(string x, string dy, int step, int gradientStep)
        {
            writer.Line($"ref var x = {x};");
            writer.Line($"ref var dy = {dy};");
            writer.Block(MixesTaps ? $"for (var column = 0; column < {Horizontal.Output}; column++)" : "for (var column = columnBegin; column < columnEnd; column++)", () =>
            {
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"var dy{r} = {v.Load("dy", Literal.Of(registers[r].Offset))};");
                for (var i = 0; i < size; i++)
                {
                    writer.Line($"{(i == 0 ? "var " : "")}value = {v.Broadcast(offsets[i] == "0" ? "x" : $"Unsafe.Add(ref x, {offsets[i]})")};");
                    for (var r = 0; r < registers.Length; r++)
                        writer.Line($"sum{i}{r} = {v.MultiplyAdd("value", $"dy{r}", $"sum{i}{r}")};");
                }

                writer.Line($"x = ref Unsafe.Add(ref x, {step});");
                writer.Line($"dy = ref Unsafe.Add(ref dy, {gradientStep});");
            });
        }

        void Rows(string sample)
        {
            if (Operation.Axes.Count == 1)
                Row(sample, "0");
            else
                writer.Block(MixesTaps ? $"for (var row = 0; row < {Vertical.Output}; row++)" : "for (var row = rowBegin; row < rowEnd; row++)", () => Row(sample, "row"));
        }

        if (SamplesOfBlock == 1)
            writer.Block("", () => Rows("0"));
        else
            writer.Block("for (var sample = 0; sample < count; sample++)", () => Rows("sample"));

        writer.Line($"ref var gradient = ref Unsafe.Add(ref {GradientName}, {(lane == "0" ? "" : $"((int){lane} * {depth}) + ")}(({row}) * {Lanes.Panel}));");
        string AddressOf(int i, TileRegister register) => Literal.Of((register.Panel * Lanes.Panel * depth) + (i * Lanes.Panel) + register.Lane);
        writer.Block("if (isAdded)", () =>
        {
            for (var i = 0; i < size; i++)
            {
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{i}{r} += {v.Load("gradient", AddressOf(i, registers[r]))};");
            }
        });
        for (var i = 0; i < size; i++)
        {
            for (var r = 0; r < registers.Length; r++)
                writer.Line(VectorSyntax.Store($"sum{i}{r}", "gradient", AddressOf(i, registers[r])));
        }
    }
}
