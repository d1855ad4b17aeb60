namespace StaticNet;

/// <summary>
/// Local response normalisation across channels (the first axis): y_c = x_c / (K + Alpha · Σ x²)^Beta, with the sum over those of
/// the channels c − ⌊Size / 2⌋ to c + ⌊(Size − 1) / 2⌋ that exist, at the same position. Krizhevsky et al., 2012.
/// </summary>
/// <remarks>The paper does not divide Alpha by Size. PyTorch, ONNX and Caffe do, so their alpha is Size · Alpha.</remarks>
public sealed class LocalResponseNormAttribute : LayerAttribute
{
    /// <summary>The number of channels that are summed, 1 to 31. Default: 5.</summary>
    public int Size { get; set; } = Defaults.ResponseSize;

    /// <summary>The factor of the sum, 0 or more. Default: 1e-4.</summary>
    public float Alpha { get; set; } = Defaults.ResponseAlpha;

    /// <summary>The exponent. Default: 0.75.</summary>
    public float Beta { get; set; } = Defaults.ResponseBeta;

    /// <summary>What is added to the sum, above 0. Default: 2.</summary>
    public float K { get; set; } = Defaults.ResponseK;
}
