namespace StaticNet;

/// <summary>
/// The trainable subsampling of LeNet-5, over [channel, height, width]: y = activation(coefficient · Σ window + bias), with one
/// coefficient and one bias per channel. Along each axis there are ⌊(in − kernel) / stride⌋ + 1 windows. Parameters:
/// <c>coefficient</c> [channel], which starts at 1 / kernel², so the layer starts as a mean, <c>bias</c> [channel], which starts
/// at 0, and <c>slope</c> where the activation is PReLU. LeCun et al., 1998.
/// </summary>
public sealed class Subsampling2DAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The window's size along both axes, 1 or more.</param>
    public Subsampling2DAttribute(int kernel) => Kernel = kernel;

    /// <summary>The window's size along both axes.</summary>
    public int Kernel { get; }

    /// <summary>The step of the window along both axes, 1 or more. Default: 0, which means the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>The activation of the output. Default: identity.</summary>
    public Activation Activation { get; set; }

    /// <summary>The activation's α. Default: NaN, which means the activation's own default.</summary>
    public float ActivationAlpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one per channel (the first axis). Default: false.</summary>
    public bool SharedSlope { get; set; }

    /// <summary>False freezes the layer. Default: true.</summary>
    public bool Trainable { get; set; } = Defaults.Trainable;
}
