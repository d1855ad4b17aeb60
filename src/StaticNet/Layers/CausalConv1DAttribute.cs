namespace StaticNet;

/// <summary>
/// A convolution along the steps of a sequence, y[t] = activation(b + Σ W[k] · x[t − (kernel − 1 − k) · dilation]), which reads
/// this step and earlier ones, and zeros before the first one. Each step's input is [in]; its output is [filters]. It needs a
/// sequence, <see cref="InputAttribute.Steps"/>. Parameters: <c>weight</c> [filters, in / groups, kernel], <c>bias</c> [filters],
/// and <c>slope</c> where the activation is PReLU.
/// </summary>
/// <remarks>
/// The same as PyTorch's <c>Conv1d</c> on an input that is padded by (kernel − 1) · dilation zeros in front, and as Keras's
/// <c>Conv1D</c> with <c>padding="causal"</c>. In a stream, the inputs of the last (kernel − 1) · dilation steps are kept in the
/// stream's state. The receptive field of several layers in a row is 1 step plus the sum of those.
/// </remarks>
public sealed class CausalConv1DAttribute : ParametricLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">The number of outputs of each step, 1 or more.</param>
    public CausalConv1DAttribute(int filters) => Filters = filters;

    /// <summary>The number of outputs of each step.</summary>
    public int Filters { get; }

    /// <summary>The taps, 1 or more. Default: 3.</summary>
    public int Kernel { get; set; } = Defaults.Kernel;

    /// <summary>The steps from tap to tap, 1 or more; 1 leaves no gaps. Default: 1.</summary>
    public int Dilation { get; set; } = Defaults.Dilation;

    /// <summary>The number of groups: the filters of a group only see the channels of the same group; both numbers are multiples
    /// of it. Default: 1.</summary>
    public int Groups { get; set; } = Defaults.Groups;

    /// <summary>The activation of the output: a function of single elements. Default: identity.</summary>
    public Activation Activation { get; set; }

    /// <summary>The activation's α. Default: NaN, which means the activation's own default.</summary>
    public float ActivationAlpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one per channel. Default: false.</summary>
    public bool SharedSlope { get; set; }
}
