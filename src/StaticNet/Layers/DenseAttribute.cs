namespace StaticNet;

/// <summary>
/// A fully connected layer, y = activation(x·Wᵀ + b), over the last axis. Parameters: <c>weight</c> [units, inputs],
/// <c>bias</c> [units], and <c>slope</c> where the activation is PReLU.
/// </summary>
public sealed class DenseAttribute : ParametricLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">The number of outputs, 1 or more.</param>
    public DenseAttribute(int units) => Units = units;

    /// <summary>The number of outputs.</summary>
    public int Units { get; }

    /// <summary>The activation of the output. Default: identity.</summary>
    public Activation Activation { get; set; }

    /// <summary>The activation's α. Default: NaN, which means the activation's own default.</summary>
    public float ActivationAlpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one per channel (the first axis). Default: false.</summary>
    public bool SharedSlope { get; set; }

    /// <summary>
    /// Whether the weight is learned as magnitude and direction, w = g · v / ‖v‖ for each output: <c>weight_g</c> [units, 1] and
    /// <c>weight_v</c> [units, inputs] replace <c>weight</c>. The initialiser draws the initial v, and the initial g is its norm,
    /// so no row of v may be 0 initially. Salimans and Kingma, 2016. Default: false.
    /// </summary>
    public bool WeightNorm { get; set; }
}
