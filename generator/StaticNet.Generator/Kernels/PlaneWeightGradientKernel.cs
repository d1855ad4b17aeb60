using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dw = Σ x ∗ dy of few filters: pixels of a row are lanes, and each sum is a vector until all samples have been added. A tile is
/// what one channel and one row of taps give to all filters; it belongs to whoever computes it, so that any split gives the
/// same bits.
/// </summary>
internal sealed class PlaneWeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    /// <summary>As many terms of each lane as make it cheap to add up the lanes.</summary>
    private const int LeastOfBlock = 512;

    private PlaneWeightGradient Operation => (PlaneWeightGradient)Group.Head;

    private Parameter Weight => Operation.Parameter;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private PlaneAxis Rows => Operation.Axes.Count == 1 ? new PlaneAxis(1, 1, 1, 1, 0) : Operation.Axes[0];

    private PlaneAxis Columns => Operation.Axes[Operation.Axes.Count - 1];

    private int Channels => Weight.Inputs;

    private RowLayout InputRows => InputLayout(0);

    private RowLayout GradientRows => InputLayout(1);

    private int GradientPlane => GradientRows.SampleLength / Weight.Outputs;

    private string GradientName => Names.Argument(Weight.CodeName + ".gradient");

    public override string Comment => $"{Weight.FullName}'s gradient, the sum over samples and pixels: the pixels of a row are lanes, and each sum is a vector until all samples have been added.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Gradient, Names.Argument(Gradient.Name)),
        KernelArgument.GradientOf(Weight),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Rows.Taps * Channels;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var tile = begin; tile < end; tile++)", () =>
        {
            var (tap, channel) = Rows.Taps == 1 ? ("0", Channels == 1 ? "0" : "tile") : Channels == 1 ? ("tile", "0") : ("tap", "channel");
            if (tap == "tap")
                writer.Line($"var (tap, channel) = (tile / {Channels}, tile % {Channels});");
            var (rowBegin, rowEnd) = ("0", Literal.Of(Rows.Output));
            // The first row of the input that the tap meets, less the row of the gradient.
            var top = Arithmetic.Sum(Arithmetic.Product(tap, Rows.Dilation), -Rows.Before);
            if (!Rows.IsInside)
            {
                writer.Line($"var top = {top};");
                writer.Line($"var rowBegin = {Types.Math}.Max(0, -top);");
                writer.Line($"var rowEnd = {Types.Math}.Min({Rows.Output}, {Rows.Input} - top);");
                (top, rowBegin, rowEnd) = ("top", "rowBegin", "rowEnd");
            }

            ChannelRun.WriteLoops(writer, ChannelRun.Cover(Columns.Taps, v.Bits == 512 ? 8 : 6), "left", (taps, left) =>
                ChannelRun.WriteLoops(writer, ChannelRun.Cover(Weight.Outputs, Math.Max(1, (v.Bits == 512 ? 24 : 12) / taps)), "output", (filters, output) =>
                    WriteTile(writer, v, new Strip(tap, channel, left, taps, output, filters), top, rowBegin, rowEnd)));
        });
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, Strip strip, string top, string rowBegin, string rowEnd)
    {
        var vectors = (Columns.Output + v.Lanes - 1) / v.Lanes;
        var (block, band) = StoredBlocks.Of(Arranged.Capacity, Rows.Output, vectors, LeastOfBlock);
        if (block == 0)
        {
            WriteSamples(writer, v, strip, top, rowBegin, rowEnd, "0", "samples", "accumulate");
            return;
        }

        // Long sums are made of shorter ones, so that little is lost.
        writer.Block($"for (var block = 0; block < samples; block += {block})", () =>
        {
            if (band == 0)
            {
                writer.Line($"var stop = {Types.Math}.Min(block + {block}, samples);");
                WriteSamples(writer, v, strip, top, rowBegin, rowEnd, "block", "stop", "accumulate || block > 0");
                return;
            }

            writer.Block($"for (var band = 0; band < {Rows.Output}; band += {band})", () =>
            {
                writer.Line($"var bandBegin = {(rowBegin == "0" ? "band" : $"{Types.Math}.Max({rowBegin}, band)")};");
                writer.Line($"var bandEnd = {Types.Math}.Min({rowEnd}, band + {band});");
                WriteSamples(writer, v, strip, top, "bandBegin", "bandEnd", "block", "block + 1", "accumulate || block > 0 || band > 0");
            });
        });
    }

    /// <summary>Writes the sums over the rows of some samples, and adds them to the gradient.</summary>
    private void WriteSamples(CodeWriter writer, VectorSyntax v, Strip strip, string top, string rowBegin, string rowEnd, string first, string stop, string isAdded)
    {
        for (var filter = 0; filter < strip.Filters; filter++)
            writer.Line(string.Join(" ", Enumerable.Range(0, strip.Taps).Select(tap => $"var sum{filter}{tap} = {v.Zero};")));

        var hasRows = Rows.Output > 1 || !Rows.IsInside;
        var firstRow = hasRows ? rowBegin : "0";
        writer.Block($"for (var sample = {first}; sample < {stop}; sample++)", () =>
        {
            var x = Arithmetic.Sum(
                Arithmetic.Product("sample", LengthOf(Input, InputRows)),
                Arithmetic.Product(strip.Channel, InputRows.SampleLength / Channels),
                Arithmetic.Product(Arithmetic.Sum(top, firstRow, Literal.Of(Rows.Border)), InputRows.Stride),
                Arithmetic.Product(strip.Left, Columns.Dilation));
            var dy = Arithmetic.Sum(
                Arithmetic.Product("sample", LengthOf(Gradient, GradientRows)), Arithmetic.Product(strip.Output, GradientPlane), Arithmetic.Product(firstRow, GradientRows.Stride));
            writer.Line($"ref var x = ref {VectorSyntax.At(Names.Argument(Input.Name), x)};");
            writer.Line($"ref var dy = ref {VectorSyntax.At(Names.Argument(Gradient.Name), dy)};");
            if (hasRows)
            {
                writer.Block($"for (var row = {rowBegin}; row < {rowEnd}; row++)", () =>
                {
                    WriteRow(writer, v, strip);
                    writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {InputRows.Stride});");
                    writer.Line($"dy = ref {Types.Unsafe}.Add(ref dy, {GradientRows.Stride});");
                });
            }
            else
            {
                WriteRow(writer, v, strip);
            }
        });
        WriteSums(writer, v, strip, isAdded);
    }

    /// <summary>Writes the products of a row of pixels.</summary>
    private void WriteRow(CodeWriter writer, VectorSyntax v, Strip strip)
    {
        void Vector(string column)
        {
            for (var filter = 0; filter < strip.Filters; filter++)
                writer.Line($"var dy{filter} = {v.Load("dy", Arithmetic.Sum(column, filter * GradientPlane))};");
            for (var tap = 0; tap < strip.Taps; tap++)
            {
                writer.Line($"{(tap == 0 ? "var " : "")}value = {v.Load("x", Arithmetic.Sum(column, tap * Columns.Dilation))};");
                for (var filter = 0; filter < strip.Filters; filter++)
                    writer.Line($"sum{filter}{tap} = {v.MultiplyAdd("value", $"dy{filter}", $"sum{filter}{tap}")};");
            }
        }

        // Vectors of padding alone give nothing.
        var length = (Columns.Output + v.Lanes - 1) / v.Lanes * v.Lanes;
        if (length > v.Lanes)
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {length}; lane += {v.Lanes})", () => Vector("lane"));
        else
            writer.Scoped(Rows.Output == 1 && Rows.IsInside, () => Vector("0"));
    }

    /// <summary>Adds up the lanes; each weight is one float of a row of its panel.</summary>
    private void WriteSums(CodeWriter writer, VectorSyntax v, Strip strip, string isAdded)
    {
        var step = Channels * Lanes.Panel;
        var place = Arithmetic.Sum(
            Arithmetic.Product(strip.Tap, Columns.Taps * step), Arithmetic.Product(strip.Left, step), Arithmetic.Product(strip.Channel, Lanes.Panel), strip.Output);
        writer.Line($"ref var gradient = ref {VectorSyntax.At(GradientName, place)};");
        for (var tap = 0; tap < strip.Taps; tap++)
        {
            for (var filter = 0; filter < strip.Filters; filter++)
            {
                var element = VectorSyntax.At("gradient", Literal.Of((tap * step) + filter));
                writer.Line($"{element} = ({isAdded} ? {element} : 0) + {v.Type}.Sum(sum{filter}{tap});");
            }
        }
    }

    /// <summary>The sums that stay in registers together.</summary>
    private readonly record struct Strip(string Tap, string Channel, string Left, int Taps, string Output, int Filters);
}
