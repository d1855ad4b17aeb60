namespace StaticNet;

/// <summary>The base of convolutions over [channel, length].</summary>
public abstract class Convolution1DAttribute : ConvolutionAttribute
{
    private protected Convolution1DAttribute()
    {
    }

    /// <summary>The padding before the first element, 0 or more. Default: −1, which means <see cref="ConvolutionAttribute.Padding"/>.</summary>
    public int PaddingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The padding after the last element, 0 or more. Default: −1, which means <see cref="ConvolutionAttribute.Padding"/>.</summary>
    public int PaddingRight { get; set; } = Defaults.AsAll;
}
