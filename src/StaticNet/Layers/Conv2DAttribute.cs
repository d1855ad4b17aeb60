namespace StaticNet;

/// <summary>
/// A convolution over [channel, height, width], y = activation(w ⋆ x + b): the cross-correlation of the padded input with each
/// filter. Its output is [filters, height, width], each ⌊(in + padding of both sides − dilation · (kernel − 1) − 1) / stride⌋ +
/// 1. Parameters: <c>weight</c> [filters, in / groups, kernel height, kernel width], <c>bias</c> [filters], and <c>slope</c>
/// where the activation is PReLU. LeCun et al., 1998.
/// </summary>
public sealed class Conv2DAttribute : Convolution2DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">The number of output channels, 1 or more.</param>
    public Conv2DAttribute(int filters) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>
    /// The number of groups, a divisor of the input's channels and of the filters: each group of filters sees only its own group of
    /// channels. Default: 1.
    /// </summary>
    public int Groups { get; set; } = Defaults.Groups;

    /// <summary>Automatic padding instead of explicit numbers. Default: none.</summary>
    public AutoPadding AutoPadding { get; set; }

    /// <summary>How it may be computed. Default: in the fastest way.</summary>
    public ConvolutionAlgorithm Algorithm { get; set; }

    /// <summary>
    /// Which filters see which channels: a string for each input channel with a character for each filter, X where they are
    /// connected and a dot where they are not, as in LeNet-5's table. It cannot be combined with groups. The weight keeps its
    /// shape; weights of missing connections are zero, have the gradient zero, and so stay zero. Default: null, which connects
    /// all.
    /// </summary>
    public string[]? Connections { get; set; }

    /// <summary>
    /// Whether the weight is learned as magnitude and direction, w = g · v / ‖v‖ for each filter: <c>weight_g</c> [filters, 1, 1,
    /// 1] and <c>weight_v</c> (with the shape of <c>weight</c>) replace <c>weight</c>. The initialiser draws the initial v, and
    /// the initial g is its norm, so no row of v may be 0 initially. Salimans and Kingma, 2016. Default: false.
    /// </summary>
    public bool WeightNorm { get; set; }
}
