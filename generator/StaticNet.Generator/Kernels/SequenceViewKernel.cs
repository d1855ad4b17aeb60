using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies a sequence whose rows are tight, for those who read them as vectors.</summary>
internal sealed class SequenceViewKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: the steps of {Shape(Input)} as rows of whole panels.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), new KernelArgument(ArgumentKind.Sequences, "sequences")];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        var rows = Arranged.StepsOf(Group.Result) * to.Rows;
        writer.Line(CodeWriter.Listed($"{Types.RowCopy}.Copy", [
            SpanSyntax.With(SpanSyntax.Read(Names.Argument(Input.Name), Arithmetic.Product("sequences", rows * from.Stride)), rows * from.Stride, from.Stride),
            SpanSyntax.With(SpanSyntax.Write(Names.Argument(Group.Result.Name), Arithmetic.Product("sequences", rows * to.Stride)), rows * to.Stride, to.Stride),
            SpanSyntax.With(Literal.Of(to.Width), to.Stride, rows) + ", sequences"], ";"));
    }
}
