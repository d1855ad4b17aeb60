using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The matrix product of two values, or of each pair of matrices in them, of which one may be transposed.</summary>
internal sealed class MatrixProduct(string layer, Value a, Value b, TensorType type, MatrixForm form, string verb = "Forward") : Operation(layer, [a, b], type)
{
    public MatrixForm Form { get; } = form;

    /// <summary>The terms of each sum.</summary>
    public int Inner => Form == MatrixForm.TransposedFirst ? Inputs[0].Type.Shape[Inputs[0].Type.Rank - 2] : Inputs[0].Type.Last;

    public override bool ReadsVectorsOf(int input) => false;

    public override string Verb => verb;

    public override void Differentiate(Backward backward, Value gradient)
    {
        var (first, second) = (Inputs[0], Inputs[1]);
        if (backward.Wants(first))
        {
            var form = Form == MatrixForm.Plain ? MatrixForm.TransposedSecond : MatrixForm.Plain;
            backward.Accumulate(first, backward.Add(new MatrixProduct(Layer, gradient, second, first.Type, form, "GradientOfFirst")));
        }

        if (backward.Wants(second))
        {
            backward.Accumulate(second, backward.Add(Form == MatrixForm.Plain
                ? new MatrixProduct(Layer, first, gradient, second.Type, MatrixForm.TransposedFirst, "GradientOfSecond")
                : new MatrixProduct(Layer, gradient, first, second.Type, MatrixForm.TransposedFirst, "GradientOfSecond")));
        }
    }
}
