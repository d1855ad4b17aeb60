namespace StaticNet;

/// <summary>
/// The transpose of a convolution, over [channel, height, width]: each element of the input adds its multiple of the kernel to
/// the output, <c>stride</c> elements further than the element before it; padding removes that many elements from the edges of
/// the output. The output is [filters, height, width], each (in − 1) · stride − padding of both sides + dilation · (kernel − 1) +
/// output padding + 1, with bias and activation. Parameters: <c>weight</c> [in, filters / groups, kernel height, kernel width],
/// <c>bias</c> [filters], and <c>slope</c> where the activation is PReLU. Zeiler et al., 2010.
/// </summary>
public sealed class ConvTranspose2DAttribute : Convolution2DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">The number of output channels, 1 or more.</param>
    public ConvTranspose2DAttribute(int filters) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>
    /// The number of groups, a divisor of the input's channels and of the filters: each group of filters sees only its own group of
    /// channels. Default: 1.
    /// </summary>
    public int Groups { get; set; } = Defaults.Groups;

    /// <summary>
    /// The number of elements by which the output is larger at its bottom and right, 0 or more and less than the stride or the
    /// dilation. A convolution with a stride maps inputs of several sizes to the same size; this says which of them the output
    /// has. Default: 0.
    /// </summary>
    public int OutputPadding { get; set; }

    /// <summary>The additional rows at the bottom. Default: −1, which means <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingHeight { get; set; } = Defaults.AsAll;

    /// <summary>The additional columns on the right. Default: −1, which means <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingWidth { get; set; } = Defaults.AsAll;
}
