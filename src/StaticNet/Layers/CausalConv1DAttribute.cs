namespace StaticNet;

/// <summary>
/// A convolution along the steps of a sequence, y[t] = activation(b + Σ W[k] · x[t − (kernel − 1 − k) · dilation]), which reads
/// this step and earlier ones, and zeros before the first one. Each step's input is [in]; its output is [filters]. It needs a
/// sequence, <see cref="InputAttribute.Steps"/>. Parameters: <c>weight</c> [filters, in / groups, kernel], <c>bias</c> [filters],
/// and <c>slope</c> where the activation is PReLU.
/// </summary>
/// <remarks>
/// <para>The same as PyTorch's <c>Conv1d</c> on an input that is padded by (kernel − 1) · dilation zeros in front, and as Keras's
/// <c>Conv1D</c> with <c>padding="causal"</c>. In a stream, the inputs of the last (kernel − 1) · dilation steps are kept in the
/// stream's state. The receptive field of several layers in a row is 1 step plus the sum of those.</para>
/// <para>With a <see cref="Stride"/> of s, there is one step of the output for every s steps of the input, and it ends with the last of
/// these: y[t] = activation(b + Σ W[k] · x[(t + 1) · s − 1 − (kernel − 1 − k) · dilation]). That is PyTorch's <c>Conv1d</c> on an input that
/// is padded by (kernel − 1) · dilation + 1 − s zeros in front. Keras, which pads by (kernel − 1) · dilation then too, computes the same after
/// <c>[Delay(s − 1)]</c>. A stream takes s steps at a time, and the output is there when the last of them is.</para>
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

    /// <summary>
    /// The steps of the input for each step of the output: 1 up to the steps that the taps span, (kernel − 1) · dilation + 1. The input has a multiple of
    /// as many steps. Default: 1.
    /// </summary>
    public int Stride { get; set; } = Defaults.Stride;

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
