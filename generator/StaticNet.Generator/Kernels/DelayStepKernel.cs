using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>One step of a delay in a stream: returns the oldest of the values that it keeps, and stores the new one in its place.</summary>
internal sealed class DelayStepKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Delay Operation => (Delay)Group.Head;

    public override string Comment =>
        $"{Operation.Layer}: returns {Shape(Input)} of {Operation.Steps} steps ago, and stores that of this step in its place.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.State, "kept", Group.Result),
        .. Operation.Steps == 1 ? Array.Empty<KernelArgument>() : [new KernelArgument(ArgumentKind.StreamPosition, "position")],
    ];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        if (Operation.Steps > 1)
            writer.Line($"ref var oldest = ref {Types.Unsafe}.Add(ref kept, (int)(position % {Operation.Steps}) * {to.SampleLength});");
        var oldest = Operation.Steps > 1 ? "oldest" : "kept";
        var length = Literal.Of(to.SampleLength);
        writer.Line($"{SpanSyntax.Read(oldest, length)}.CopyTo({SpanSyntax.Write(Names.Argument(Group.Result.Name), length)});");
        writer.Line(from.Stride == to.Stride
            ? $"{SpanSyntax.Read(Names.Argument(Input.Name), length)}.CopyTo({SpanSyntax.Write(oldest, length)});"
            : CodeWriter.Listed($"{Types.RowCopy}.Copy", [
                SpanSyntax.With(SpanSyntax.Read(Names.Argument(Input.Name), Literal.Of(from.SampleLength)), 0, from.Stride),
                SpanSyntax.With(SpanSyntax.Write(oldest, length), 0, to.Stride),
                SpanSyntax.With(Literal.Of(to.Width), to.Stride, to.Rows, 1)], ";"));
    }
}
