using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies the samples of one of several inputs.</summary>
internal sealed class InputCopyKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    public override string Comment => $"{Group.Head.Layer}: the samples of {Shape(Input)}, which may be stored between those of other inputs, copied one after the other.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, "source"),
        new KernelArgument(ArgumentKind.InputStride, "stride", Input),
        KernelArgument.Of(Group.Result, "copy"),
        KernelArgument.Samples(),
    ];

    private Value Input => Group.Head.Inputs[0];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        writer.Line(CodeWriter.Listed($"{Types.RowCopy}.Copy", [
            $"{SpanSyntax.Read("source", $"((samples - 1) * stride) + {from.SampleLength}")}, stride, {from.Stride}",
            SpanSyntax.With(SpanSyntax.Write("copy", Arithmetic.Product("samples", to.SampleLength)), to.SampleLength, to.Stride),
            $"{SpanSyntax.With(Literal.Of(to.Width), to.Stride, to.Rows)}, samples"], ";"));
    }
}
