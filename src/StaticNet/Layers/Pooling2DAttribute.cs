namespace StaticNet;

/// <summary>The base of pooling over [channel, height, width].</summary>
public abstract class Pooling2DAttribute : PoolingAttribute
{
    private protected Pooling2DAttribute(int kernel)
        : base(kernel)
    {
    }

    /// <summary>The window's height, 1 or more. Default: 0, which means <see cref="PoolingAttribute.Kernel"/>.</summary>
    public int KernelHeight { get; set; }

    /// <summary>The window's width, 1 or more. Default: 0, which means <see cref="PoolingAttribute.Kernel"/>.</summary>
    public int KernelWidth { get; set; }

    /// <summary>
    /// The step down, 1 or more. Default: 0, which means <see cref="PoolingAttribute.Stride"/>, or the window's height where
    /// that is 0 too.
    /// </summary>
    public int StrideHeight { get; set; }

    /// <summary>
    /// The step to the right, 1 or more. Default: 0, which means <see cref="PoolingAttribute.Stride"/>, or the window's width
    /// where that is 0 too.
    /// </summary>
    public int StrideWidth { get; set; }

    /// <summary>The padding above, 0 or more. Default: −1, which means <see cref="PoolingAttribute.Padding"/>.</summary>
    public int PaddingTop { get; set; } = Defaults.AsAll;

    /// <summary>The padding below, 0 or more. Default: −1, which means <see cref="PoolingAttribute.Padding"/>.</summary>
    public int PaddingBottom { get; set; } = Defaults.AsAll;

    /// <summary>The padding on the left, 0 or more. Default: −1, which means <see cref="PoolingAttribute.Padding"/>.</summary>
    public int PaddingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The padding on the right, 0 or more. Default: −1, which means <see cref="PoolingAttribute.Padding"/>.</summary>
    public int PaddingRight { get; set; } = Defaults.AsAll;
}
