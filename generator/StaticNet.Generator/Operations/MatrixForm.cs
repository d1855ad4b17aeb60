namespace StaticNet.Generator.Operations;

/// <summary>Which matrix of a product is transposed.</summary>
internal enum MatrixForm
{
    /// <summary>A · B</summary>
    Plain,

    /// <summary>A · Bᵀ</summary>
    TransposedSecond,

    /// <summary>Aᵀ · B, which only gradients are.</summary>
    TransposedFirst,
}
