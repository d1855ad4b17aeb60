namespace StaticNet;

/// <summary>
/// The transpose of a strided convolution along the steps of a sequence: it makes <see cref="Stride"/> steps of each step of its input,
/// y[t] = activation(b + Σ W[k] · x[n]) over those n and k with n · stride + k · dilation = t, which only reads this step and earlier ones.
/// Each step's input is [in]; its outputs are [filters]. It needs a sequence, <see cref="InputAttribute.Steps"/>. Parameters:
/// <c>weight</c> [in, filters / groups, kernel], <c>bias</c> [filters], and <c>slope</c> where the activation is PReLU.
/// </summary>
/// <remarks>
/// <para>The same as PyTorch's <c>ConvTranspose1d</c>, of whose output only the first steps · stride elements are taken: the rest would belong to
/// steps to come. It brings a sequence back to the steps that a <see cref="CausalConv1DAttribute.Stride"/> has taken from it, as in an
/// autoencoder for audio (Défossez et al., 2022).</para>
/// <para>In a stream, the inputs of the last ((kernel − 1) · dilation) / stride steps are kept in the stream's state. The outputs for a
/// step are there when the step is: of what strides have taken before, an output is late by up to one step less than the total stride.</para>
/// </remarks>
public sealed class CausalConvTranspose1DAttribute : ParametricLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">The number of outputs of each step, 1 or more.</param>
    public CausalConvTranspose1DAttribute(int filters) => Filters = filters;

    /// <summary>The number of outputs of each step.</summary>
    public int Filters { get; }

    /// <summary>The taps, 1 or more. Default: 3.</summary>
    public int Kernel { get; set; } = Defaults.Kernel;

    /// <summary>The steps of the output for each step of the input: 1 up to the steps that the taps span, (kernel − 1) · dilation + 1. Default: 1.</summary>
    public int Stride { get; set; } = Defaults.Stride;

    /// <summary>The steps of the output from tap to tap, 1 or more; 1 leaves no gaps. Default: 1.</summary>
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
