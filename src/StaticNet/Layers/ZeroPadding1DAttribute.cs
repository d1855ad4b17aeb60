namespace StaticNet;

/// <summary>Zeros around the positions of [channel, length], in each channel.</summary>
public sealed class ZeroPadding1DAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="padding">The number of zeros at both ends, 0 or more.</param>
    public ZeroPadding1DAttribute(int padding) => Padding = padding;

    /// <summary>The number of zeros at both ends.</summary>
    public int Padding { get; }

    /// <summary>The zeros at the start, 0 or more. Default: −1, which means <see cref="Padding"/>.</summary>
    public int PaddingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The zeros at the end, 0 or more. Default: −1, which means <see cref="Padding"/>.</summary>
    public int PaddingRight { get; set; } = Defaults.AsAll;
}
