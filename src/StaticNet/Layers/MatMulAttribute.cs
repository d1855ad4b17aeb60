namespace StaticNet;

/// <summary>
/// The matrix product of two layers, [rows, inner] · [inner, columns], such as the scores and the sums of attention. With a first axis
/// more, [matrices, rows, inner], the product of each pair of matrices.
/// </summary>
/// <remarks>For a product with a weight, use <see cref="DenseAttribute"/>.</remarks>
public sealed class MatMulAttribute : LayerAttribute
{
    /// <summary>Declares the product.</summary>
    /// <param name="inputs">The name of the second matrix, whose first is the layer above or <c>From</c>; or the names of both.</param>
    public MatMulAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }

    /// <summary>
    /// Whether the second matrix is transposed: it is [columns, inner], and each element is the product of a row of the first with a row
    /// of the second. Default: false.
    /// </summary>
    public bool TransposeSecond { get; set; }
}
