using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Rounds a weight to numbers of 16 bits, once the parameters are known.</summary>
internal sealed class RoundedWeightKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private readonly Parameter _weight = ((RoundedWeight)group.Head).Weight;

    public override string Comment => $"{_weight.FullName} in half as many bytes: the upper halves of floats, rounded to the nearest, with two inputs in one word.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(_weight),
        KernelArgument.Of(Group.Result, "rounded"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(_weight.Outputs);

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Line(CodeWriter.Listed($"{Types.BFloat16Pairs}.Round", [
            SpanSyntax.Read(Names.Argument(_weight.CodeName), Literal.Of(_weight.PackedLength)),
            $"{Types.MemoryMarshal}.CreateSpan(ref rounded, {LayoutOf(Group.Result).SampleLength})",
            $"{_weight.Depth}, begin, end"], ";"));
    }
}
