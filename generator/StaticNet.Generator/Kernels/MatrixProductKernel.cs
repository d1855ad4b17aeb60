using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Multiplies two values as matrices.</summary>
internal sealed class MatrixProductKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private MatrixProduct Operation => (MatrixProduct)Group.Head;

    private Value First => Operand(Operation, Operation.Inputs[0]);

    private Value Second => Operand(Operation, Operation.Inputs[1]);

    public override string Comment => $"{Group.Head.Layer}: {Shape(First)}{(Operation.Form == MatrixForm.TransposedFirst ? ", transposed," : "")} times {Shape(Second)}{(Operation.Form == MatrixForm.TransposedSecond ? ", transposed" : "")} → {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. new[] { First, Second }.Distinct().Select(input => KernelArgument.Of(input, Names.Argument(input.Name))),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        KernelArgument.Samples(),
    ];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (type, a, b, result) = (Group.Result.Type, InputLayout(0), InputLayout(1), LayoutOf(Group.Result));
        var method = Operation.Form switch { MatrixForm.Plain => "Multiply", MatrixForm.TransposedSecond => "MultiplyByTransposed", _ => "MultiplyTransposed" };
        var (rows, matrices) = (type.Shape[type.Rank - 2], type.Rank == 3 ? type.Shape[0] : 1);
        writer.Line(CodeWriter.Listed($"{Types.MatrixProducts}.{method}", [
            SpanSyntax.With(SamplesOf(First, a), a.Stride), SpanSyntax.With(SamplesOf(Second, b), b.Stride), SpanSyntax.With(SamplesTo(Group.Result, result), result.Stride),
            $"{SpanSyntax.With(Literal.Of(rows), Operation.Inner, type.Last)}, {Arithmetic.Product("samples", matrices)}"], ";"));
    }
}
