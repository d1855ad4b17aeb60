namespace StaticNet;

/// <summary>
/// A separate convolution of each channel of [channel, height, width], with one or more filters for each. Its output is
/// [in · multiplier, height, width]; output channel c is computed from input channel ⌊c / multiplier⌋, and the sizes are those of
/// <see cref="Conv2DAttribute"/>. Parameters: <c>weight</c> [in · multiplier, 1, kernel height, kernel width], <c>bias</c>
/// [in · multiplier], and <c>slope</c> where the activation is PReLU.
/// </summary>
public sealed class DepthwiseConv2DAttribute : Convolution2DAttribute
{
    /// <summary>The number of output channels for each input channel, 1 or more. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = Defaults.DepthMultiplier;

    /// <summary>Automatic padding instead of explicit numbers. Default: none.</summary>
    public AutoPadding AutoPadding { get; set; }
}
