namespace StaticNet;

/// <summary>
/// A convolution of each channel of [channel, height, width] by itself, with one or more filters for each. Its output is
/// [in · multiplier, height, width]; output channel c comes of input channel ⌊c / multiplier⌋, and the sizes are those of
/// <see cref="Conv2DAttribute"/>. Parameters: <c>weight</c> [in · multiplier, 1, kernel height, kernel width], <c>bias</c>
/// [in · multiplier], and <c>slope</c> where the activation is PReLU.
/// </summary>
public sealed class DepthwiseConv2DAttribute : Convolution2DAttribute
{
    /// <summary>The number of output channels for each input channel, 1 or more. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = Defaults.DepthMultiplier;

    /// <summary>Automatic padding in place of the numbers. Default: none.</summary>
    public AutoPadding AutoPadding { get; set; }
}
