namespace StaticNet;

/// <summary>Zeros around the positions of [channel, height, width], in each channel.</summary>
public sealed class ZeroPadding2DAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="padding">The number of zeros at all four sides, 0 or more.</param>
    public ZeroPadding2DAttribute(int padding) => Padding = padding;

    /// <summary>The number of zeros at all four sides.</summary>
    public int Padding { get; }

    /// <summary>The zeros at the top, 0 or more. Default: −1, which means <see cref="Padding"/>.</summary>
    public int PaddingTop { get; set; } = Defaults.AsAll;

    /// <summary>The zeros at the bottom, 0 or more. Default: −1, which means <see cref="Padding"/>.</summary>
    public int PaddingBottom { get; set; } = Defaults.AsAll;

    /// <summary>The zeros on the left, 0 or more. Default: −1, which means <see cref="Padding"/>.</summary>
    public int PaddingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The zeros on the right, 0 or more. Default: −1, which means <see cref="Padding"/>.</summary>
    public int PaddingRight { get; set; } = Defaults.AsAll;
}
