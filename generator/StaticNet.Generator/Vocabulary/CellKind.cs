namespace StaticNet.Generator.Vocabulary;

/// <summary>The cells of recurrent layers.</summary>
internal enum CellKind
{
    /// <summary>h′ = activation(x·Wᵀ + h·Uᵀ + b).</summary>
    Simple,

    /// <summary>A gated recurrent unit whose reset gate multiplies the product with the hidden state.</summary>
    Gru,

    /// <summary>Long short-term memory.</summary>
    Lstm,
}
