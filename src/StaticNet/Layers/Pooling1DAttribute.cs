namespace StaticNet;

/// <summary>The base of pooling over [channel, length].</summary>
public abstract class Pooling1DAttribute : PoolingAttribute
{
    private protected Pooling1DAttribute(int kernel)
        : base(kernel)
    {
    }

    /// <summary>The padding before the first element, 0 or more. Default: −1, which means <see cref="PoolingAttribute.Padding"/>.</summary>
    public int PaddingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The padding after the last element, 0 or more. Default: −1, which means <see cref="PoolingAttribute.Padding"/>.</summary>
    public int PaddingRight { get; set; } = Defaults.AsAll;
}
