namespace StaticNet.Onnx;

/// <summary>What an import takes from a model, and how it writes it.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>The name of the class; null: that of the file.</summary>
    public string? ClassName { get; init; }

    /// <summary>The namespace of the class; null: none.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// Sizes for dimensions that the model leaves open, by their name in the model (<c>batch</c>), by input and axis (<c>obs:0</c>), or
    /// by axis (<c>0</c>). Others are 1.
    /// </summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// The outputs to import, by their names in the model; any value inside the model is one too. Empty: all that are neither constant,
    /// random nor copies of inputs.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Inputs that become constants: a number for all of their elements, or one for each, row-major.</summary>
    public IReadOnlyDictionary<string, float[]> Inputs { get; init; } = new Dictionary<string, float[]>();

    /// <summary>
    /// The number of golden vectors: random samples with what the model computes for them, node by node and apart from the layers that were
    /// chosen. Large models take seconds for each. Default: 0.
    /// </summary>
    public int Vectors { get; init; }

    /// <summary>
    /// Whether convolutions are declared with <see cref="ConvolutionAlgorithm.Direct"/>, whose rounding is closer to other engines' than
    /// Winograd's.
    /// </summary>
    public bool DirectConvolutions { get; init; }
}
