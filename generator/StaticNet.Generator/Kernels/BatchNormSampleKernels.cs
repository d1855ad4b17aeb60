using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// Two sums over the pixels of each sample, channel by channel, taken right after the sample's values are computed and while they
/// are in the cache. The batch's sums are then few additions, in the order of the samples, whoever has computed these.
/// </summary>
internal abstract class BatchNormSampleKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    protected RowLayout Rows => InputLayout(0);

    /// <summary>The sums that do not wait for each other: some rows of pixels side by side.</summary>
    protected static int ChainsOf(VectorSyntax v, int pixels) => Math.Min(v.Bits == 512 ? 4 : 2, pixels);

    /// <summary>The registers of a panel.</summary>
    protected static IEnumerable<int> Registers(VectorSyntax v) => Enumerable.Range(0, v.PerPanel);

    protected static string Chain(string name, VectorSyntax v, int chain, int register) => name + Literal.Of((chain * v.PerPanel) + register);

    protected static void Declare(CodeWriter writer, VectorSyntax v, int chains, params string[] names)
    {
        foreach (var name in names)
            writer.Line(string.Join(" ", Enumerable.Range(0, chains * v.PerPanel).Select(k => $"var {name}{k} = {v.Zero};")));
    }

    /// <summary>The sum of a register's chains.</summary>
    protected static string Total(string name, VectorSyntax v, int chains, int register) =>
        string.Join(" + ", Enumerable.Range(0, chains).Select(chain => Chain(name, v, chain, register)));

    protected static string Place(string lane, VectorSyntax v, int register, int offset = 0) => Arithmetic.Sum(lane, (register * v.Lanes) + offset);

    /// <summary>Writes the loops over samples and panels.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="panel">Takes the first lane of a panel; <c>sample</c> is the sample's number.</param>
    protected void WritePanels(CodeWriter writer, Action<string> panel) => writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
    {
        if (Rows.Stride == Lanes.Panel)
            panel("0");
        else
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {Rows.Stride}; lane += {Lanes.Panel})", () => panel("lane"));
    });

    /// <summary>A reference to a panel of a sample's value.</summary>
    protected string At(Value value, RowLayout rows, string lane) =>
        $"ref {Types.Unsafe}.Add(ref {Names.Argument(value.Name)}, {(lane == "0" ? $"sample * {LengthOf(value, rows)}" : $"({Types.NUInt})(sample * {LengthOf(value, rows)}) + {lane}")})";
}

/// <summary>The mean of each channel of a sample and the squared distances from it.</summary>
internal sealed class SampleMomentsKernel(Group group, Arranged arranged) : BatchNormSampleKernel(group, arranged)
{
    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    public override string Comment =>
        $"{Group.Head.Layer}: the mean of each channel of a sample and the sum of the squared distances from it, {Shape(Input)}. Distances are taken from the mean of a few pixels, so that no precision is lost far from zero.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (pixels, stride) = (Rows.Rows, Rows.Stride);
        var output = LayoutOf(Group.Result);
        var chains = ChainsOf(v, pixels);
        int[] probes = pixels < 4 ? [0] : [0, pixels / 4, pixels / 2, pixels * 3 / 4];
        WritePanels(writer, lane =>
        {
            writer.Line($"ref var x = {At(Input, Rows, lane)};");
            writer.Line($"ref var moments = {At(Group.Result, output, lane)};");
            foreach (var register in Registers(v))
            {
                var sum = string.Join(" + ", probes.Select(pixel => v.Load("x", Literal.Of((pixel * stride) + (register * v.Lanes)))));
                writer.Line($"var origin{register} = {(probes.Length == 1 ? sum : $"({sum}) * {v.Constant(1f / probes.Length)}")};");
            }

            Declare(writer, v, chains, "sum", "square");
            var sums = new LongSum(writer, v, pixels / chains, PartialSums.Of(chains * v.PerPanel, "sum", "square")).Declare();
            PartialSums.Loop(writer, "pixel", pixels, stride, chains, (chain, index, offset) =>
            {
                foreach (var register in Registers(v))
                {
                    var (sum, square) = (Chain("sum", v, chain, register), Chain("square", v, chain, register));
                    writer.Block("", () => writer
                        .Line($"var distance = {v.Load("x", Place(index, v, register, offset))} - origin{register};")
                        .Line($"{sum} += distance;")
                        .Line($"{square} = {v.MultiplyAdd("distance", "distance", square)};"));
                }
            }, sums: sums);
            sums.Finish();
            foreach (var register in Registers(v))
            {
                writer.Block("", () => writer
                    .Line($"var sum = {Total("sum", v, chains, register)};")
                    .Line($"var drift = sum * {v.Broadcast($"1f / {pixels}")};")
                    .Line(v.Store($"origin{register} + drift", "moments", Literal.Of((SampleMoments.MeanRow * output.Stride) + (register * v.Lanes))))
                    .Line(v.Store($"{Total("square", v, chains, register)} - (sum * drift)", "moments", Literal.Of((SampleMoments.SquaresRow * output.Stride) + (register * v.Lanes)))));
            }
        });
    }
}

/// <summary>Σ dy and Σ dy·(x − mean) of each channel of a sample.</summary>
internal sealed class SampleGradientSumsKernel(Group group, Arranged arranged) : BatchNormSampleKernel(group, arranged)
{
    private Value[] Inputs => Group.Head.Inputs.Select(input => Operand(Group.Head, input)).ToArray();

    public override string Comment => $"{Group.Head.Layer}: Σ dy and Σ dy·(x − mean) of each channel of a sample, {Shape(Inputs[0])}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [.. Inputs.Append(Group.Result).Select(value => KernelArgument.Of(value, Names.Argument(value.Name))), KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var output = LayoutOf(Group.Result);
        var chains = ChainsOf(v, Rows.Rows);
        WritePanels(writer, lane =>
        {
            writer.Line($"ref var dy = {At(Inputs[0], Rows, lane)};");
            writer.Line($"ref var x = {At(Inputs[1], InputLayout(1), lane)};");
            writer.Line($"ref var sums = {At(Group.Result, output, lane)};");
            foreach (var register in Registers(v))
                writer.Line($"var mean{register} = {v.Load(Names.Argument(Inputs[2].Name), Place(lane, v, register))};");
            Declare(writer, v, chains, "sum", "product");
            var sums = new LongSum(writer, v, Rows.Rows / chains, PartialSums.Of(chains * v.PerPanel, "sum", "product")).Declare();
            PartialSums.Loop(writer, "pixel", Rows.Rows, Rows.Stride, chains, (chain, index, offset) =>
            {
                foreach (var register in Registers(v))
                {
                    var (sum, product) = (Chain("sum", v, chain, register), Chain("product", v, chain, register));
                    var place = Place(index, v, register, offset);
                    writer.Block("", () => writer
                        .Line($"var d = {v.Load("dy", place)};")
                        .Line($"{sum} += d;")
                        .Line($"{product} = {v.MultiplyAdd("d", $"{v.Load("x", place)} - mean{register}", product)};"));
                }
            }, sums: sums);
            sums.Finish();
            foreach (var register in Registers(v))
            {
                writer.Line(v.Store(Total("sum", v, chains, register), "sums", Literal.Of((SampleGradientSums.SumRow * output.Stride) + (register * v.Lanes))));
                writer.Line(v.Store(Total("product", v, chains, register), "sums", Literal.Of((SampleGradientSums.ProductRow * output.Stride) + (register * v.Lanes))));
            }
        });
    }
}
