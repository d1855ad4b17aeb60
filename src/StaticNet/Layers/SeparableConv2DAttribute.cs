namespace StaticNet;

/// <summary>
/// A depthwise convolution of [channel, height, width], without bias and activation, and a 1×1 convolution that mixes its
/// channels. Its output is [filters, height, width] with the sizes of <see cref="Conv2DAttribute"/>. Parameters:
/// <c>depthwiseWeight</c> [in · multiplier, 1, kernel height, kernel width], <c>pointwiseWeight</c> [filters, in · multiplier,
/// 1, 1], <c>bias</c> [filters], and <c>slope</c> where the activation is PReLU. Chollet, 2017.
/// </summary>
public sealed class SeparableConv2DAttribute : Convolution2DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">The number of output channels, 1 or more.</param>
    public SeparableConv2DAttribute(int filters) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The number of channels between the two for each input channel, 1 or more. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = Defaults.DepthMultiplier;

    /// <summary>Automatic padding instead of explicit numbers. Default: none.</summary>
    public AutoPadding AutoPadding { get; set; }
}
