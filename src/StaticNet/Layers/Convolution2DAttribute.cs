namespace StaticNet;

/// <summary>The base of convolutions over [channel, height, width].</summary>
public abstract class Convolution2DAttribute : ConvolutionAttribute
{
    private protected Convolution2DAttribute()
    {
    }

    /// <summary>The kernel's height, 1 or more. Default: 0, which means <see cref="ConvolutionAttribute.Kernel"/>.</summary>
    public int KernelHeight { get; set; }

    /// <summary>The kernel's width, 1 or more. Default: 0, which means <see cref="ConvolutionAttribute.Kernel"/>.</summary>
    public int KernelWidth { get; set; }

    /// <summary>The step down, 1 or more. Default: 0, which means <see cref="ConvolutionAttribute.Stride"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The step to the right, 1 or more. Default: 0, which means <see cref="ConvolutionAttribute.Stride"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>
    /// The distance between the kernel's rows, 1 or more. Default: 0, which means <see cref="ConvolutionAttribute.Dilation"/>.
    /// </summary>
    public int DilationHeight { get; set; }

    /// <summary>
    /// The distance between the kernel's columns, 1 or more. Default: 0, which means <see cref="ConvolutionAttribute.Dilation"/>.
    /// </summary>
    public int DilationWidth { get; set; }

    /// <summary>The padding above, 0 or more. Default: −1, which means <see cref="ConvolutionAttribute.Padding"/>.</summary>
    public int PaddingTop { get; set; } = Defaults.AsAll;

    /// <summary>The padding below, 0 or more. Default: −1, which means <see cref="ConvolutionAttribute.Padding"/>.</summary>
    public int PaddingBottom { get; set; } = Defaults.AsAll;

    /// <summary>
    /// The padding on the left, 0 or more. Default: −1, which means <see cref="ConvolutionAttribute.Padding"/>.
    /// </summary>
    public int PaddingLeft { get; set; } = Defaults.AsAll;

    /// <summary>
    /// The padding on the right, 0 or more. Default: −1, which means <see cref="ConvolutionAttribute.Padding"/>.
    /// </summary>
    public int PaddingRight { get; set; } = Defaults.AsAll;
}
