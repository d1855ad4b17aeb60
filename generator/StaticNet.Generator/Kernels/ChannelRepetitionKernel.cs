using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Each channel several times in a row, or the sum of its repetitions.</summary>
internal sealed class ChannelRepetitionKernel(Group group, Arranged arranged, int times, bool isGradient) : Kernel(group, arranged)
{
    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    public override string Comment => isGradient
        ? $"{Group.Head.Layer}: the sum of the gradients of each channel's {times} repetitions."
        : $"{Group.Head.Layer}: each channel {times} times in a row, {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Rows(Group.Result)];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        writer.Line(CodeWriter.Listed($"{Types.RowCopy}.{(isGradient ? "SumRepetitions" : "Repeat")}", [
            SpanSyntax.With(SpanSyntax.Read(Names.Argument(Input.Name), Arithmetic.Product("rows", from.Stride)), from.Stride),
            SpanSyntax.With(SpanSyntax.Write(Names.Argument(Group.Result.Name), Arithmetic.Product("rows", to.Stride)), to.Width, to.Stride), Literal.Of(times) + ", rows"], ";"));
    }
}
