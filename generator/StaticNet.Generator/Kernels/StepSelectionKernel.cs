using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies one step of each sequence; or, for the gradient, the value into its step, with zeros in all others.</summary>
internal sealed class StepSelectionKernel(Group group, Arranged arranged, int step, bool isGradient) : Kernel(group, arranged)
{
    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    /// <summary>The steps of a sequence; what shares its memory may have them as an axis.</summary>
    private int Steps => Arranged.StepsOf(isGradient ? Group.Result : Group.Head.Inputs[0]);

    /// <summary>Whether it is the last step, which depends on the length of a sequence.</summary>
    private bool IsLast => step > 0 && !Arranged.IsStream;

    private string Which => IsLast ? $"the last of {Steps} steps, or of those that a sequence has" : $"step {step} of {Steps}";

    public override string Comment => isGradient
        ? $"{Group.Head.Layer}: the gradient of {Which}; that of the others is zero."
        : $"{Group.Head.Layer}: {Which}, of {Shape(Input)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), .. IsLast ? [KernelArgument.SequenceLengths] : Array.Empty<KernelArgument>(), new KernelArgument(ArgumentKind.Sequences, "sequences")];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        var (source, target) = (Names.Argument(Input.Name), Names.Argument(Group.Result.Name));
        if (isGradient)
            writer.Line($"{SpanSyntax.Write(target, Arithmetic.Product("sequences", Steps * to.SampleLength))}.Clear();");
        writer.Block("for (var sequence = 0; sequence < sequences; sequence++)", () =>
        {
            if (IsLast)
                writer.Line($"var last = lengths.IsEmpty ? {Literal.Of(step)} : {Types.Math}.Clamp({SequenceLength.At(Arranged, isGradient ? Group.Result : Group.Head.Inputs[0], "lengths[sequence]")} - 1, 0, {Literal.Of(step)});");
            string Place(bool isOfSequence, int length) => !isOfSequence ? Arithmetic.Product("sequence", length)
                : IsLast ? $"((sequence * {Literal.Of(Steps)}) + last) * {Literal.Of(length)}"
                : Arithmetic.Sum(Arithmetic.Product("sequence", Steps * length), step * length);
            var read = SpanSyntax.Read($"{Types.Unsafe}.Add(ref {source}, {Place(!isGradient, from.SampleLength)})", Literal.Of(from.SampleLength));
            var written = SpanSyntax.Write($"{Types.Unsafe}.Add(ref {target}, {Place(isGradient, to.SampleLength)})", Literal.Of(to.SampleLength));
            writer.Line(from.Stride == to.Stride
                ? $"{read}.CopyTo({written});"
                : CodeWriter.Listed($"{Types.RowCopy}.Copy", [SpanSyntax.With(read, 0, from.Stride), SpanSyntax.With(written, 0, to.Stride), SpanSyntax.With(Literal.Of(to.Width), to.Stride, to.Rows, 1)], ";"));
        });
    }
}
