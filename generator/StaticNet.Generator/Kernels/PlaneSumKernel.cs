using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A convolution of few channels, or the gradient of its input: pixels of a row are lanes, so that no lane is empty for want
/// of channels. Tiles of one or two rows × some channels stay in registers while the taps run by; each vector of pixels
/// serves all channels of the tile, and each broadcast of the weight both rows.
/// </summary>
internal sealed class PlaneSumKernel : Kernel
{
    /// <summary>Up to this many products of a row of taps are written out.</summary>
    private const int MostProducts = 100;

    private readonly Tail _tail;

    public PlaneSumKernel(Group group, Arranged arranged)
        : base(group, arranged) => _tail = new Tail(group, arranged);

    private PlaneSum Operation => (PlaneSum)Group.Head;

    private Parameter? Bias => Operation.Bias;

    private Parameter Weight => Operation.Weight;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private PlaneAxis Rows => Operation.Axes.Count == 1 ? new PlaneAxis(1, 1, 1, 1, 0) : Operation.Axes[0];

    private PlaneAxis Columns => Operation.Axes[Operation.Axes.Count - 1];

    /// <summary>The planes that are read.</summary>
    private int Channels => Operation.Inputs[0].Type.Channels;

    /// <summary>The planes that are written.</summary>
    private int Outputs => Operation.Output.Type.Channels;

    private RowLayout InputRows => InputLayout(0);

    private RowLayout OutputRows => LayoutOf(Group.Result);

    private int InputPlane => InputRows.SampleLength / Channels;

    private int OutputPlane => OutputRows.SampleLength / Outputs;

    public override string Comment
    {
        get
        {
            var sizes = ChannelRun.Cover(Outputs, MostChannels(VectorSyntax.V256));
            return $"{Operation.Layer}{(Operation.IsGradient ? ", the gradient of its input" : "")}: {Shape(Operation.Inputs[0])} → {Shape(Group.Result)}, {Invariant.Shape(Operation.Axes.Select(axis => axis.Taps))} taps" +
                $"{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}. {(Outputs < Lanes.Panel ? $"{Outputs} channels would leave most lanes empty, so the pixels of a row are lanes." : "The pixels of a row are lanes.")} " +
                $"Register tile {Math.Min(Rows.Output, PlaneAxis.RowsOfTile)} × {VectorSyntax.V256.Lanes} pixels × {sizes[0].Size} channels.{Operation.Why}";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        .. _tail.Arguments.Where(argument => argument.Value != Input),
        KernelArgument.Of(Weight),
        .. Bias is null ? Array.Empty<KernelArgument>() : [KernelArgument.Of(Bias)],
        .. _tail.Parameters,
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var image = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, sample * {LengthOf(Input, InputRows)});");
            ChannelRun.WriteLoops(writer, ChannelRun.Cover(Outputs, MostChannels(v)), "output", (channels, output) => WriteRows(writer, v, channels, output));
            if (_tail.IsLight)
                return;
            writer.Line();
            writer.Line("// The functions after the convolution, while the sample is in the cache.");
            writer.Block($"for (var i = ({Types.NUInt})(sample * {LengthOf(Group.Result, OutputRows)}); i < ({Types.NUInt})((sample + 1) * {LengthOf(Group.Result, OutputRows)}); i += {v.Lanes})", () =>
                _tail.WriteOnElements(writer, v, "i", operand => _tail.LanesAt(operand, v, "0")));
        });
    }

    /// <summary>As many channels as leave registers for two rows of pixels and a broadcast.</summary>
    private static int MostChannels(VectorSyntax v) => v.Bits == 512 ? 12 : 6;

    private void WriteRows(CodeWriter writer, VectorSyntax v, int channels, string output)
    {
        var pairs = Rows.Output / PlaneAxis.RowsOfTile;
        var whole = pairs * PlaneAxis.RowsOfTile;
        if (pairs > 1)
            writer.Block($"for (var row = 0; row < {whole}; row += {PlaneAxis.RowsOfTile})", () => WriteRow(writer, v, channels, output, PlaneAxis.RowsOfTile, "row"));
        else if (pairs == 1)
            writer.Scoped(whole < Rows.Output, () => WriteRow(writer, v, channels, output, PlaneAxis.RowsOfTile, "0"));
        if (whole < Rows.Output)
            writer.Scoped(pairs > 0, () => WriteRow(writer, v, channels, output, 1, Literal.Of(whole)));
    }

    /// <summary>Writes the tiles of one or two rows.</summary>
    private void WriteRow(CodeWriter writer, VectorSyntax v, int channels, string output, int rows, string row)
    {
        var (line, begin, end) = (row, "0", Literal.Of(Rows.Taps));
        if (!Rows.IsInside)
        {
            // The first row that a tap meets is not above the frame's border, the last not below the value.
            var top = Arithmetic.Sum(row, -Rows.Before);
            if (Arithmetic.IsNumber(top, out var number))
            {
                begin = Literal.Of((Math.Max(0, 1 - number - rows) + Rows.Dilation - 1) / Rows.Dilation);
                end = Literal.Of(Math.Min(Rows.Taps, ((Rows.Input - 1 - number) / Rows.Dilation) + 1));
            }
            else
            {
                writer.Line("// Only taps on rows of the input.");
                writer.Line($"var top = {top};");
                writer.Line($"var begin = {Arithmetic.Quotient($"{Types.Math}.Max(0, {Arithmetic.Sum("-top", Rows.Dilation - rows)})", Rows.Dilation)};");
                writer.Line($"var end = {Types.Math}.Min({Rows.Taps}, {(Rows.Dilation == 1 ? $"{Rows.Input} - top" : $"(({Rows.Input - 1} - top) / {Rows.Dilation}) + 1")});");
                (begin, end) = ("begin", "end");
                top = "top";
            }

            line = Arithmetic.Sum(top, Rows.Border);
        }

        void Tile(string column) => WriteTile(writer, v, new PlaneTile(channels, output, rows, row, column), line, begin, end);
        if (OutputRows.Stride > v.Lanes)
            writer.Block($"for (var column = 0; column < {OutputRows.Stride}; column += {v.Lanes})", () => Tile("column"));
        else
            Tile("0");
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, PlaneTile tile, string line, string begin, string end)
    {
        for (var channel = 0; channel < tile.Channels; channel++)
        {
            writer.Line($"var sum{channel}0 = {(Bias is null ? v.Zero : v.Broadcast(VectorSyntax.At(Names.Argument(Bias.CodeName), Arithmetic.Sum(tile.Output, channel))))};");
            for (var r = 1; r < tile.Rows; r++)
                writer.Line($"var sum{channel}{r} = sum{channel}0;");
        }

        void Taps(string channel, string tap)
        {
            var x = Arithmetic.Sum(
                Arithmetic.Product(channel, InputPlane),
                Arithmetic.Product(Arithmetic.Sum(line, Arithmetic.Product(tap, Rows.Dilation)), InputRows.Stride),
                tile.Column);
            writer.Line($"ref var x = ref {VectorSyntax.At("image", x)};");
            writer.Line($"ref var w = ref {VectorSyntax.At(Names.Argument(Weight.CodeName), WeightPlace(tile.Output, channel, tap))};");
            WriteColumns(writer, v, tile);
        }

        void Channel(string channel)
        {
            if (Rows.Taps == 1 && Rows.IsInside)
                Taps(channel, "0");
            else
                writer.Block($"for (var tap = {begin}; tap < {end}; tap++)", () => Taps(channel, "tap"));
        }

        if (Channels > 1)
            writer.Block($"for (var channel = 0; channel < {Channels}; channel++)", () => Channel("channel"));
        else
            writer.Scoped(Rows.Taps == 1 && Rows.IsInside, () => Channel("0"));
        WriteResults(writer, v, tile);
    }

    /// <summary>The floats from tap to tap of a row, and from output to output.</summary>
    private (int Tap, int Output) WeightSteps => Operation.IsGradient ? (-Weight.Inputs * Lanes.Panel, Lanes.Panel) : (Weight.Inputs * Lanes.Panel, 1);

    /// <summary>Where the weight of a tile's first output and a row's first tap is, for the channel of the loop.</summary>
    private string WeightPlace(string output, string channel, string tap)
    {
        var taps = Columns.Taps;
        var step = Weight.Inputs * Lanes.Panel;
        if (!Operation.IsGradient)
            return Arithmetic.Sum(Arithmetic.Product(tap, taps * step), Arithmetic.Product(channel, Lanes.Panel), output);

        // What is read are the weight's outputs, which are lanes of its panels; the taps are in reverse.
        var lane = Weight.Outputs <= Lanes.Panel ? channel : $"(channel / {Lanes.Panel} * {Weight.Depth * Lanes.Panel}) + (channel % {Lanes.Panel})";
        var last = Arithmetic.IsNumber(tap, out var number) ? Literal.Of(Rows.Taps - 1 - number) : $"{Rows.Taps - 1} - {tap}";
        return Arithmetic.Sum(Arithmetic.Product(last, taps * step), Arithmetic.Product(output, Lanes.Panel), lane, Literal.Of((taps - 1) * step));
    }

    private void WriteColumns(CodeWriter writer, VectorSyntax v, PlaneTile tile)
    {
        var (channels, rows) = (tile.Channels, tile.Rows);
        var (tapStep, outputStep) = WeightSteps;
        void Tap(int x, int w, bool isFirst)
        {
            for (var r = 0; r < rows; r++)
                writer.Line($"{(isFirst ? "var " : "")}x{r} = {v.Load("x", Literal.Of((r * InputRows.Stride) + x))};");
            for (var channel = 0; channel < channels; channel++)
            {
                writer.Line($"{(isFirst && channel == 0 ? "var " : "")}value = {v.Broadcast(VectorSyntax.At("w", Literal.Of(w + (channel * outputStep))))};");
                for (var r = 0; r < rows; r++)
                    writer.Line($"sum{channel}{r} = {v.MultiplyAdd($"x{r}", "value", $"sum{channel}{r}")};");
            }
        }

        if (Columns.Taps * channels * rows <= MostProducts)
        {
            for (var tap = 0; tap < Columns.Taps; tap++)
                Tap(tap * Columns.Dilation, tap * tapStep, tap == 0);
            return;
        }

        writer.Block($"for (var j = 0; j < {Columns.Taps}; j++)", () =>
        {
            Tap(0, 0, isFirst: true);
            writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {Columns.Dilation});");
            writer.Line($"w = ref {Types.Unsafe}.Add(ref w, {tapStep});");
        });
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, PlaneTile tile)
    {
        var (channels, output, rows, row, column) = tile;
        var isWhole = Columns.Output == OutputRows.Stride;
        if (!isWhole)
        {
            writer.Line("// After the last pixel of a row there are zeros.");
            var end = Arithmetic.IsNumber(column, out var first) ? Literal.Of(Columns.Output - first) : $"{Columns.Output} - {column}";
            writer.Line($"var inside = {v.AsSingle($"{v.Type}.LessThan({v.Type}<int>.Indices, {v.Type}.Create({end}))")};");
        }

        var place = Arithmetic.Sum(
            Arithmetic.Product("sample", LengthOf(Group.Result, OutputRows)), Arithmetic.Product(output, OutputPlane), Arithmetic.Product(row, OutputRows.Stride), column);
        writer.Line($"var place = ({Types.NUInt})({place});");
        for (var channel = 0; channel < channels; channel++)
        {
            for (var r = 0; r < rows; r++)
            {
                var register = $"sum{channel}{r}";
                var offset = (channel * OutputPlane) + (r * OutputRows.Stride);
                string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum("place", offset));
                if (!isWhole)
                    writer.Line($"{register} &= inside;");
                if (_tail.IsLight)
                    _tail.WriteOnRegister(writer, v, register, Address, operand => _tail.LanesAt(operand, v, "0"));
                else
                    _tail.WriteStore(writer, v, register, Address);
            }
        }
    }
}

/// <summary>Results that are computed together.</summary>
/// <param name="Channels">The number of channels.</param>
/// <param name="Output">The expression of the first channel.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Row">The expression of the first row.</param>
/// <param name="Column">The expression of the first column of the vector.</param>
internal readonly record struct PlaneTile(int Channels, string Output, int Rows, string Row, string Column);
