using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies a weight with inputs and outputs exchanged, so that the input's gradient reads it from front to back.</summary>
internal sealed class TransposeKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private readonly Parameter _weight = ((TransposedWeight)group.Head).Weight;

    public override string Comment => $"{_weight.FullName} with inputs and outputs exchanged{(_weight.Positions > 1 ? " and the taps in reverse" : "")}, as the gradient of the layer's input reads it; once per step.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(_weight),
        KernelArgument.Of(Group.Result, "transposed"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(_weight.Inputs);

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        int[] taps = _weight.Positions == 1 ? [] : [_weight.Positions];
        writer.Line(CodeWriter.Listed(_weight.Positions == 1 ? $"{Types.Panels}.Transpose" : $"{Types.Panels}.TransposeTaps", [
            SpanSyntax.Read(Names.Argument(_weight.CodeName), Literal.Of(_weight.PackedLength)), SpanSyntax.Write("transposed", Literal.Of(LayoutOf(Group.Result).SampleLength)),
            SpanSyntax.With(Literal.Of(_weight.Inputs), [_weight.Outputs, .. taps]) + ", begin, end"], ";"));
    }
}
