using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>A delay in a block of a stream: stores the block in a ring, and returns what came that many steps before.</summary>
internal sealed class DelayStepKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Delay Operation => (Delay)Group.Head;

    private StateRing Ring => Arranged.RingOf(Operation.States[0]);

    public override string Comment =>
        $"{Operation.Layer}: returns {Shape(Input)} of {Operation.Steps} {(Operation.Steps == 1 ? "step" : "steps")} before, from a ring of the last {Ring.Places}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.State, "kept", Group.Result),
        new KernelArgument(ArgumentKind.StreamPosition, "position"),
        KernelArgument.Steps,
    ];

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        var result = Names.Argument(Group.Result.Name);
        var length = Arithmetic.Product("steps", LengthOf(Group.Result, to));
        var source = from.Stride == to.Stride ? InputName : result;
        if (from.Stride != to.Stride)
        {
            writer.Line("// The ring's rows are padded; the input's are not.");
            writer.Line(CodeWriter.Listed($"{Types.RowCopy}.Copy", [
                SpanSyntax.With(SpanSyntax.Read(InputName, Arithmetic.Product("steps", LengthOf(Input, from))), from.SampleLength, from.Stride),
                SpanSyntax.With(SpanSyntax.Write(result, length), to.SampleLength, to.Stride),
                SpanSyntax.With(Literal.Of(to.Width), to.Stride, to.Rows) + ", steps"], ";"));
        }

        RingSyntax.Write(writer, v, "kept", Ring, source, to.SampleLength);
        writer.Line($"ref var before = ref {Types.Unsafe}.Add(ref kept, (now >= {Operation.Steps} ? now - {Operation.Steps} : now + {Ring.Places - Operation.Steps}) * {to.SampleLength});");
        writer.Line($"{SpanSyntax.Read("before", length)}.CopyTo({SpanSyntax.Write(result, length)});");
    }
}
