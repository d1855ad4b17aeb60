using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// Puts the steps of a stream that come at a time after those before them. Windows that overlap from one part of the steps to the next read these a
/// second time, and each part is then a sample with nothing missing.
/// </summary>
internal sealed class StepHistoryKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private StepHistory Operation => (StepHistory)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private int Given => Arranged.StepsOf(Operation.Inputs[0]);

    private int Kept => Operation.Past.Steps;

    public override string Comment => $"{Operation.Layer}: {Given} {(Given == 1 ? "step" : "steps")} of {Shape(Input)} at a time, after the {Kept} before, the last of which the stream keeps.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.State, "past", Operation.Past.Value),
        KernelArgument.Steps,
    ];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        var kept = Literal.Of(Kept * to.Stride);
        var copied = SpanSyntax.Read($"{Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, {Arithmetic.Product("step", Given * from.Stride)})", Literal.Of(Given * from.Stride));
        writer.Line("ref var before = ref past;");
        writer.Block("for (var step = 0; step < steps; step++)", () =>
        {
            writer.Line($"ref var target = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, {Arithmetic.Product("step", to.SampleLength)});");
            writer.Line($"{SpanSyntax.Read("before", kept)}.CopyTo({SpanSyntax.Write("target", kept)});");
            var written = SpanSyntax.Write($"{Types.Unsafe}.Add(ref target, {kept})", Literal.Of(Given * to.Stride));
            writer.Line(from.Stride == to.Stride
                ? $"{copied}.CopyTo({written});"
                : CodeWriter.Listed($"{Types.RowCopy}.Copy", [
                    SpanSyntax.With(copied, 0, from.Stride), SpanSyntax.With(written, 0, to.Stride), SpanSyntax.With(Literal.Of(to.Width), to.Stride, Given, 1)], ";"));
            writer.Line($"before = ref {Types.Unsafe}.Add(ref target, {Literal.Of(Given * to.Stride)});");
        });
        writer.Line();
        writer.Line($"{SpanSyntax.Read("before", kept)}.CopyTo({SpanSyntax.Write("past", kept)});");
    }
}
