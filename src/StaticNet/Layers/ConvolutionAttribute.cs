namespace StaticNet;

/// <summary>
/// The base of convolutions. Their input is [channel, length] or [channel, height, width]; in the shapes of parameters, "in" is
/// the number of the input's channels.
/// </summary>
public abstract class ConvolutionAttribute : ParametricLayerAttribute
{
    private protected ConvolutionAttribute()
    {
    }

    /// <summary>The kernel's size along each spatial axis, 1 or more. Default: 3.</summary>
    public int Kernel { get; set; } = Defaults.Kernel;

    /// <summary>The step of the kernel along each spatial axis, 1 or more. Default: 1.</summary>
    public int Stride { get; set; } = Defaults.Stride;

    /// <summary>The distance between the kernel's elements along each spatial axis, 1 or more; 1 leaves no gaps. Default: 1.</summary>
    public int Dilation { get; set; } = Defaults.Dilation;

    /// <summary>The padding of each side, 0 or more. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>The activation of the output. Default: identity.</summary>
    public Activation Activation { get; set; }

    /// <summary>The activation's α. Default: NaN, which means the activation's own default.</summary>
    public float ActivationAlpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one per channel (the first axis). Default: false.</summary>
    public bool SharedSlope { get; set; }
}
