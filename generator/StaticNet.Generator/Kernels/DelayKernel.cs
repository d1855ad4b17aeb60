using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Moves the steps of whole sequences: later for a delay, earlier for its gradient.</summary>
internal sealed class DelayKernel(Group group, Arranged arranged, int steps, Parameter? initial, float initialValue, bool isGradient) : Kernel(group, arranged)
{
    public override string Comment => isGradient
        ? initial is null
            ? $"{Group.Head.Layer}: the gradient of step t is that of step t + {steps}; of the last {Math.Min(steps, Length)} steps it is zero."
            : $"{Group.Head.Layer}: step t is step t + {steps} of {Shape(Input)}; the last one is {initial.FullName}."
        : $"{Group.Head.Layer}: step t is step t - {steps} of {Shape(Input)}; the first {Math.Min(steps, Length)} steps are {initial?.FullName ?? (initialValue == 0 ? "zero" : Literal.Of(initialValue))}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), .. initial is null ? Array.Empty<KernelArgument>() : [KernelArgument.Of(initial)], new KernelArgument(ArgumentKind.Sequences, "sequences")];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    /// <summary>The steps of a sequence.</summary>
    private int Length => Arranged.StepsOf(Group.Result);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        var (source, target) = (Names.Argument(Input.Name), Names.Argument(Group.Result.Name));
        var (moved, zeros) = (Math.Max(Length - steps, 0), Math.Min(steps, Length));
        writer.Block("for (var sequence = 0; sequence < sequences; sequence++)", () =>
        {
            var (firstMoved, firstZero) = isGradient ? (0, moved) : (zeros, 0);
            string To(int step) => $"{Types.Unsafe}.Add(ref {target}, {Arithmetic.Sum($"sequence * {Length * to.SampleLength}", step * to.SampleLength)})";
            if (moved > 0)
            {
                var first = $"{Types.Unsafe}.Add(ref {source}, {Arithmetic.Sum($"sequence * {Length * from.SampleLength}", isGradient ? steps * from.SampleLength : 0)})";
                writer.Line(from.Stride == to.Stride
                    ? $"{SpanSyntax.Read(first, Literal.Of(moved * from.SampleLength))}.CopyTo({SpanSyntax.Write(To(firstMoved), Literal.Of(moved * to.SampleLength))});"
                    : CodeWriter.Listed($"{Types.RowCopy}.Copy", [
                        SpanSyntax.With(SpanSyntax.Read(first, Literal.Of(moved * from.SampleLength)), 0, from.Stride),
                        SpanSyntax.With(SpanSyntax.Write(To(firstMoved), Literal.Of(moved * to.SampleLength)), 0, to.Stride),
                        SpanSyntax.With(Literal.Of(to.Width), to.Stride, moved * to.Rows, 1)], ";"));
            }

            writer.Line($"{SpanSyntax.Write(To(firstZero), Literal.Of(zeros * to.SampleLength))}.Clear();");
            if (initialValue != 0)
                WriteInitialValues(writer, To(firstZero), zeros, to);
            for (var step = 0; step < zeros && initial is not null; step++)
                writer.Line($"{SpanSyntax.Read(Names.Argument(initial.CodeName), Literal.Of(to.Width))}.CopyTo({SpanSyntax.Write(To(firstZero + step), Literal.Of(to.Width))});");
        });
    }

    /// <summary>Writes the initial value to every element of the first steps; what pads their rows stays zero.</summary>
    private void WriteInitialValues(CodeWriter writer, string first, int count, RowLayout to)
    {
        var value = Literal.Of(initialValue);
        if (to.IsContiguous && (count == 1 || to.Width == to.Stride))
        {
            writer.Line($"{SpanSyntax.Write(first, Literal.Of(count * to.Rows * to.Width))}.Fill({value});");
            return;
        }

        writer.Line($"ref var begun = ref {first};");
        writer.Block($"for (var row = 0; row < {count * to.Rows}; row++)", () =>
            writer.Line($"{SpanSyntax.Write($"{Types.Unsafe}.Add(ref begun, row * {to.Stride})", Literal.Of(to.Width))}.Fill({value});"));
    }
}
