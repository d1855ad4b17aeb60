namespace StaticNet;

/// <summary>The base of layers with a weight and an optional bias.</summary>
public abstract class ParametricLayerAttribute : LayerAttribute
{
    private protected ParametricLayerAttribute()
    {
    }

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool Bias { get; set; } = Defaults.Bias;

    /// <summary>
    /// The initial weight. Default: what suits the layer's activation, see <see cref="Initializer.Default"/>.
    /// </summary>
    public Initializer Initializer { get; set; }

    /// <summary>
    /// The value of the initialiser: the constant, the bound of <see cref="Initializer.Uniform"/>, the standard deviation of
    /// <see cref="Initializer.Normal"/>, the gain of <see cref="Initializer.Orthogonal"/>, or the incoming connections of
    /// <see cref="Initializer.Sparse"/>. Default: NaN, which means the initialiser's default.
    /// </summary>
    public float InitializerValue { get; set; } = Defaults.Own;

    /// <summary>The initial value of every bias. Default: 0.</summary>
    public float BiasValue { get; set; }

    /// <summary>
    /// False freezes the layer: its gradient, and all backward code that only it would need, is not generated. Default: true.
    /// </summary>
    public bool Trainable { get; set; } = Defaults.Trainable;

    /// <summary>
    /// Whether the one-sample code of a matrix product is straight-line or a loop; convolutions with several taps are always
    /// loops. Default: decided by the layer's size.
    /// </summary>
    public Unrolling Unrolling { get; set; }
}
