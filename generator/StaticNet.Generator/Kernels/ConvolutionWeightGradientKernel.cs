using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

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

    /// <summary>Images of up to twice as many pixels are one block.</summary>
    private const int LeastOfBand = 1024;

    /// <summary>Up to this many strips of taps are each written out with constant places.</summary>
    private const int MostWrittenStrips = 6;

    private WindowWeightGradient Operation => (WindowWeightGradient)Group.Head;

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

    private string GradientName => Names.Argument(Operation.Parameter.CodeName + ".gradient");

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            return $"{Operation.Parameter.FullName}'s gradient, the sum over samples and pixels: tiles of up to {(IsWritten(v) ? Strips(v)[0] : InputsOfRow(v))} {(MixesTaps ? "taps" : "inputs of a tap")} × " +
                $"{Math.Min(Lanes.Panel, Runs(v)[0].Computed.Count() * v.Lanes)} channels stay in registers during the loop over pixels.";
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
    public override int Tiles => MixesTaps ? StripCount(VectorSyntax.V256) : Operation.Parameter.Positions;

    private int SamplesOfBlock => Math.Max(1, PixelsOfBlock / (Vertical.Output * Horizontal.Output));

    /// <summary>Whether the weight is that of a transposed convolution: input and gradient change places, and the taps are in reverse.</summary>
    private bool IsTransposed => Operation.Parameter.IsTransposed;

    private int Groups => Operation.Parameter.Connections.Groups;

    private int GradientStride => InputLayout(1).Stride;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var block = SamplesOfBlock;
        writer.Block(block == 1 ? "for (var first = 0; first < samples; first++)" : $"for (var first = 0; first < samples; first += {block})", () =>
        {
            if (block > 1)
                writer.Line($"var count = {Types.Math}.Min({block}, samples - first);");
            if (!IsBanded)
                writer.Line("var isAdded = accumulate || first > 0;");
            writer.Line($"ref var image = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, first * {LengthOf(Input, InputLayout(0))});");
            writer.Line($"ref var map = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, first * {LengthOf(Gradient, InputLayout(1))});");
            if (!IsBanded)
            {
                WriteImage(writer, v);
                return;
            }

            // A large image is several blocks.
            writer.Block($"for (var band = 0; band < {Banded.Output}; band += {Band})", () =>
            {
                writer.Line("var isAdded = accumulate || first > 0 || band > 0;");
                WriteImage(writer, v);
            });
        });
        var weight = Operation.Parameter;
        if (!weight.Connections.IsFull)
        {
            writer.Line("// Channels and filters that are not connected have no gradient.");
            // A number has one digit at least, and a comma and a space follow it.
            writer.CheckRoom(3L * Lanes.Panels(weight.Outputs) * weight.Inputs);
            writer.Line($"{Types.ReadOnlySpan}<ushort> lanes = [{string.Join(", ", weight.Connections.Lanes(weight.Inputs, weight.Outputs).Select(Literal.Of))}];");
            writer.Line($"{Types.Panels}.KeepConnected({SpanSyntax.Write(GradientName, Literal.Of(weight.PackedLength))}, lanes, {weight.Inputs}, {weight.Positions}, {(weight.IsTransposed ? $"{weight.Positions} - end, {weight.Positions} - begin" : "begin, end")});");
        }
    }

    private void WriteImage(CodeWriter writer, VectorSyntax v)
    {
        if (MixesTaps)
            WriteStripsOfTaps(writer, v);
        else
            WriteTaps(writer, v);
    }

    /// <summary>The axis that bands divide.</summary>
    private WindowedAxis Banded => Operation.Axes.Count == 1 ? Horizontal : Vertical;

    /// <summary>The rows of a band, or in one dimension its pixels; 0 where an image is one block.</summary>
    private int Band => StoredBlocks.Of(Arranged.Capacity, Banded.Output, Operation.Axes.Count == 1 ? 1 : Horizontal.Output, LeastOfBand).Rows;

    private bool IsBanded => Band > 0;

    /// <summary>The sizes of the strips, equalised.</summary>
    private int[] Strips(VectorSyntax v)
    {
        var most = Most(v);
        var count = ((Inputs - 1) / most) + 1;
        return Enumerable.Range(0, count).Select(strip => (Inputs / count) + (strip < Inputs % count ? 1 : 0)).ToArray();
    }

    /// <summary>The most inputs of a strip: as many as leave registers for the gradient and a broadcast.</summary>
    private int Most(VectorSyntax v) => (v.Bits, Runs(v).Max(run => run.Computed.Count())) switch
    {
        (512, 1) => 16,
        (512, _) => 14,
        (_, 1) => 12,
        (_, 2) => 6,
        _ => 3,
    };

    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(Width, v.Bits == 512 && Groups == 1 ? 2 : 1, v);

    private void WriteTaps(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var tap = begin; tap < end; tap++)", () =>
        {
            var rowTap = Operation.Axes.Count == 1 ? "0" : Horizontal.Kernel == 1 ? "tap" : $"tap / {Horizontal.Kernel}";
            var columnTap = Horizontal.Kernel == 1 ? "0" : Operation.Axes.Count == 1 ? "tap" : $"tap % {Horizontal.Kernel}";
            writer.Line("// The windows whose tap is inside the input.");
            var rows = Operation.Axes.Count == 1 ? TapRange.None : TapRange.Write(writer, Vertical, rowTap, "top", "row");
            var columns = TapRange.Write(writer, Horizontal, columnTap, "left", "column");
            var tap = IsTransposed ? $"{Operation.Parameter.Positions - 1} - tap" : "tap";
            Strip StripOf(int size, string channel) =>
                new([.. Enumerable.Range(0, size).Select(Literal.Of)], channel, Arithmetic.Sum(Arithmetic.Product(tap, Channels), channel), [.. Enumerable.Range(0, size)], rows, columns);

            if (Groups == 1)
            {
                ChannelRun.WriteLoops(writer, ChannelRun.Cover(Channels, Most(v)), "channel", (size, channel) => WriteTiles(writer, v, StripOf(size, channel)));
                return;
            }

            ProductKernel.WriteTiles(writer, Runs(v), (run, lane) =>
            {
                var (first, count) = ChannelRange.Of(Groups, Width, Channels, run, lane);
                if (!Arithmetic.IsNumber(first, out _))
                {
                    writer.Line("// The channels of the groups that these filters are in.");
                    writer.Line($"var firstChannel = {first};");
                    first = "firstChannel";
                }

                ChannelRun.WriteLoops(writer, ChannelRun.Cover(count, Most(v)), "channel", (size, channel) =>
                    WriteTile(writer, v, run, StripOf(size, Arithmetic.Sum(first, channel)), LaneOf(lane)));
            });
        });
    }

    /// <summary>A bound of the range of strips: those of other widths than 256 bits divide the same range of tiles.</summary>
    private string Bound(string tile, VectorSyntax v) => StripCount(v) == Tiles ? tile : $"{tile} * {StripCount(v)} / {Tiles}";

    private int StripCount(VectorSyntax v) => IsWritten(v) ? Strips(v).Length : Vertical.Kernel * PartsOfRow(v).Parts;

    /// <summary>Whether each strip is written out.</summary>
    private bool IsWritten(VectorSyntax v) => !MixesTaps || Strips(v).Length <= MostWrittenStrips;

    private void WriteStripsOfTaps(CodeWriter writer, VectorSyntax v)
    {
        var strips = Strips(v);
        if (!IsWritten(v))
        {
            WriteStripsOfRows(writer, v);
            return;
        }

        writer.Block($"for (var strip = {Bound("begin", v)}; strip < {Bound("end", v)}; strip++)", () => writer.Block("switch (strip)", () =>
        {
            var first = 0;
            for (var strip = 0; strip < strips.Length; strip++)
            {
                var (start, size) = (first, strips[strip]);
                writer.Line($"case {strip}:");
                writer.Block("", () => WriteTiles(writer, v, StripOfTaps(Enumerable.Range(start, size).Select(row => Literal.Of(PlaneOffset(row))), "0", Literal.Of(start), Enumerable.Range(0, size))));
                writer.Line("break;");
                first += size;
            }
        }));
    }

    /// <summary>
    /// Many strips share their code: each is a row of taps of some channels, or, where one channel's taps are too many, some
    /// of them. The places of its inputs are constants, which tables of places would cost a register each.
    /// </summary>
    private void WriteStripsOfRows(CodeWriter writer, VectorSyntax v)
    {
        var (runs, parts, isByChannels) = PartsOfRow(v);
        writer.Block($"for (var strip = {Bound("begin", v)}; strip < {Bound("end", v)}; strip++)", () =>
        {
            var isChannel = parts == Channels;
            var (tap, part) = parts == 1 ? ("strip", "0") : Vertical.Kernel == 1 ? ("0", "strip") : ("tap", isChannel ? "channel" : "part");
            if (tap == "tap")
                writer.Line($"var (tap, {part}) = (strip / {parts}, strip % {parts});");
            var perChannel = runs.Sum(run => run.Count);
            var index = isByChannels || perChannel == 1 ? part : $"{part} % {perChannel}";
            void Part(ChannelRun run)
            {
                var first = run.Count == 1 ? run.First : Arithmetic.Sum(Arithmetic.Product(run.First == 0 ? index : $"{Arithmetic.Factor(index)} - {runs[0].Count}", run.Size), run.First);
                WriteTiles(writer, v, isByChannels
                    ? StripOfRow(run.Size, Horizontal.Kernel, tap, first, "0")
                    : StripOfRow(1, run.Size, tap, Channels == 1 ? "0" : Arithmetic.Quotient(part, perChannel), first));
            }

            if (runs.Count == 1)
            {
                Part(runs[0]);
                return;
            }

            writer.Block($"if ({index} < {runs[0].Count})", () => Part(runs[0]));
            writer.Block("else", () => Part(runs[1]));
        });
    }

    /// <summary>How a row of taps is divided: into channels, all their taps together, or the taps of one channel; and the parts of all channels.</summary>
    private (IReadOnlyList<ChannelRun> Runs, int Parts, bool IsByChannels) PartsOfRow(VectorSyntax v)
    {
        if (Horizontal.Kernel <= Most(v))
        {
            var channels = ChannelRun.Cover(Channels, Most(v) / Horizontal.Kernel);
            return (channels, channels.Sum(run => run.Count), true);
        }

        var taps = ChannelRun.Cover(Horizontal.Kernel, Most(v));
        return (taps, Channels * taps.Sum(run => run.Count), false);
    }

    /// <summary>The most inputs of a strip that is a row of taps.</summary>
    private int InputsOfRow(VectorSyntax v) => PartsOfRow(v) is var (runs, _, isByChannels) && isByChannels ? runs[0].Size * Horizontal.Kernel : runs[0].Size;

    private Strip StripOfRow(int channels, int taps, string tap, string channel, string left)
    {
        var inputs = Enumerable.Range(0, taps).SelectMany(column => Enumerable.Range(0, channels).Select(plane => (Column: column, Plane: plane))).ToArray();
        return StripOfTaps(
            inputs.Select(input => Literal.Of((input.Column * Horizontal.Dilation) + (input.Plane * Place.Channel))),
            Arithmetic.Sum(Arithmetic.Product(tap, Vertical.Dilation * Place.Row), Arithmetic.Product(channel, Place.Channel), Arithmetic.Product(left, Horizontal.Dilation)),
            Arithmetic.Sum(Arithmetic.Product(tap, Horizontal.Kernel * Channels), Arithmetic.Product(left, Channels), channel),
            inputs.Select(input => (input.Column * Channels) + input.Plane));
    }

    /// <summary>Planes have zeros around them: every tap meets the input in all windows.</summary>
    private Strip StripOfTaps(IEnumerable<string> offsets, string place, string row, IEnumerable<int> rows) => new(
        offsets.ToArray(), place, row, rows.ToArray(), new TapRange("0", "0", Literal.Of(Vertical.Output)), new TapRange("0", "0", Literal.Of(Horizontal.Output)));

    /// <summary>Where the input of a row of the weight is relative to a window's first.</summary>
    private int PlaneOffset(int row)
    {
        var (tap, channel) = (row / Channels, row % Channels);
        var (rowTap, columnTap) = (tap / Horizontal.Kernel, tap % Horizontal.Kernel);
        return (rowTap * Vertical.Dilation * Place.Row) + (columnTap * Horizontal.Dilation) + (channel * Place.Channel);
    }

    private void WriteTiles(CodeWriter writer, VectorSyntax v, Strip strip) =>
        ProductKernel.WriteTiles(writer, Runs(v), (run, lane) => WriteTile(writer, v, run, strip, LaneOf(lane)));

    private static string LaneOf(string lane) => Arithmetic.IsNumber(lane, out _) ? lane : $"(int){lane}";

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, Strip strip, string lane)
    {
        var registers = run.Computed.ToArray();
        var depth = Operation.Parameter.Depth;
        var size = strip.Size;
        if (IsBanded)
        {
            var range = Operation.Axes.Count == 1 ? strip.Columns : strip.Rows;
            writer.Line($"var bandBegin = {(range.Begin == "0" ? "band" : $"{Types.Math}.Max({range.Begin}, band)")};");
            writer.Line($"var bandEnd = {Types.Math}.Min({range.End}, band + {Band});");
            range = range with { Begin = "bandBegin", End = "bandEnd" };
            strip = Operation.Axes.Count == 1 ? strip with { Columns = range } : strip with { Rows = range };
        }

        for (var i = 0; i < size; i++)
            writer.Line(string.Join(" ", registers.Select((_, r) => $"var sum{i}{r} = {v.Zero};")));

        void Rows(string sample)
        {
            if (Operation.Axes.Count == 1)
                WriteRow(writer, v, registers, strip, lane, sample, "0");
            else
                writer.Block($"for (var row = {strip.Rows.Begin}; row < {strip.Rows.End}; row++)", () => WriteRow(writer, v, registers, strip, lane, sample, "row"));
        }

        if (SamplesOfBlock > 1)
            writer.Block("for (var sample = 0; sample < count; sample++)", () => Rows("sample"));
        else if (Operation.Axes.Count > 1)
            Rows("0");
        else
            writer.Block("", () => Rows("0"));

        var place = Arithmetic.Sum(Arithmetic.Product(lane, depth), Arithmetic.Product(strip.Row, Lanes.Panel));
        writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, {place});");
        string AddressOf(int i, TileRegister register) => Literal.Of((register.Panel * Lanes.Panel * depth) + (strip.WeightRows[i] * Lanes.Panel) + register.Lane);
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
                writer.Line(v.Store($"sum{i}{r}", "gradient", AddressOf(i, registers[r])));
        }
    }

    /// <summary>Writes the pixels of a row of windows.</summary>
    private void WriteRow(CodeWriter writer, VectorSyntax v, TileRegister[] registers, Strip strip, string lane, string sample, string row)
    {
        // The windows of a transposed convolution lie over the gradient: it moves by the stride, and the input pixel by pixel.
        var hasRows = Operation.Axes.Count > 1;
        (Affine Row, Affine Column) windowed = (hasRows ? strip.Rows.Place(row, Vertical.Stride) : 0, strip.Columns.Place(strip.Columns.Begin, Horizontal.Stride));
        (Affine Row, Affine Column) own = (row, strip.Columns.Begin);
        var (inputRow, inputColumn) = IsTransposed ? own : windowed;
        var (gradientRow, gradientColumn) = IsTransposed ? windowed : own;
        var gradientWidth = IsTransposed ? Horizontal.Input : Horizontal.Output;
        var (inputStep, gradientStep) = IsTransposed ? (Place.Pixel, Horizontal.Stride * GradientStride) : (Horizontal.Stride * Place.Pixel, GradientStride);

        var x = Arithmetic.Sum(
            Arithmetic.Product(sample, LengthOf(Input, InputLayout(0))), Arithmetic.Product(inputRow, Place.Row), Arithmetic.Product(inputColumn, Place.Pixel), strip.Place);
        var dy = Arithmetic.Sum(
            Arithmetic.Product(sample, LengthOf(Gradient, InputLayout(1))),
            Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product(gradientRow, gradientWidth), gradientColumn), GradientStride),
            lane);
        writer.Line(x == "0" ? "ref var x = ref image;" : $"ref var x = ref {Types.Unsafe}.Add(ref image, {x});");
        writer.Line(dy == "0" ? "ref var dy = ref map;" : $"ref var dy = ref {Types.Unsafe}.Add(ref map, {dy});");
        writer.Block($"for (var column = {strip.Columns.Begin}; column < {strip.Columns.End}; column++)", () =>
        {
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"var dy{r} = {v.Load("dy", Literal.Of(registers[r].Offset))};");
            for (var i = 0; i < strip.Size; i++)
            {
                writer.Line($"{(i == 0 ? "var " : "")}value = {v.Broadcast(strip.Offsets[i] == "0" ? "x" : $"{Types.Unsafe}.Add(ref x, {strip.Offsets[i]})")};");
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{i}{r} = {v.MultiplyAdd("value", $"dy{r}", $"sum{i}{r}")};");
            }

            writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {inputStep});");
            writer.Line($"dy = ref {Types.Unsafe}.Add(ref dy, {gradientStep});");
        });
    }

    /// <summary>Rows of the weight that are computed together.</summary>
    /// <param name="Offsets">Where each takes its input, relative to the first.</param>
    /// <param name="Place">The expression of the first one's place, relative to a window's first input.</param>
    /// <param name="Row">The expression of the first row among those of a panel.</param>
    /// <param name="WeightRows">The rows, relative to the first.</param>
    /// <param name="Rows">The rows of windows.</param>
    /// <param name="Columns">The columns of windows.</param>
    private sealed record Strip(string[] Offsets, string Place, string Row, int[] WeightRows, TapRange Rows, TapRange Columns)
    {
        public int Size => Offsets.Length;
    }
}
