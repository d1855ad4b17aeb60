namespace StaticNet;

/// <summary>
/// y = weight · x / √(mean of x² + ε) over the last axes of each sample: layer normalisation without the mean. Parameter:
/// <c>weight</c>, of the shape of the axes that are normalised. Zhang and Sennrich, 2019.
/// </summary>
public sealed class RMSNormAttribute : LayerAttribute
{
    /// <summary>
    /// The first of the axes that are normalised together: this one and all after it; a negative one counts from the last. Default: 0,
    /// the whole sample.
    /// </summary>
    public int FirstAxis { get; set; }

    /// <summary>ε, above 0: what is added to the mean of the squares, inside the root. Default: 1e-6.</summary>
    public float Epsilon { get; set; } = Defaults.RootMeanSquareEpsilon;

    /// <summary>Whether there is a learned weight, which starts at 1. Default: true.</summary>
    public bool Affine { get; set; } = Defaults.Affine;

    /// <summary>False freezes the layer. Default: true.</summary>
    public bool Trainable { get; set; } = Defaults.Trainable;
}
