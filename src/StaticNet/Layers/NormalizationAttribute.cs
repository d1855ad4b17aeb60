namespace StaticNet;

/// <summary>
/// The base of layers that normalise their input to mean 0 and variance 1, over sets of elements that differ from layer to layer:
/// y = weight · (x − mean) / √(variance + ε) + bias. The variance is that of the set itself, divided by its size.
/// </summary>
public abstract class NormalizationAttribute : LayerAttribute
{
    private protected NormalizationAttribute()
    {
    }

    /// <summary>ε, above 0: what is added to the variance, inside the root. Default: 1e-5.</summary>
    public float Epsilon { get; set; } = Defaults.Epsilon;

    /// <summary>
    /// Whether there are a learned weight, which starts at 1, and a learned bias, which starts at 0. Default: true.
    /// </summary>
    public bool Affine { get; set; } = Defaults.Affine;

    /// <summary>False freezes the layer. Default: true.</summary>
    public bool Trainable { get; set; } = Defaults.Trainable;
}
