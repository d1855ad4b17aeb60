namespace StaticNet;

/// <summary>
/// A convolution over [channel, length], y = activation(w ⋆ x + b): the cross-correlation of the padded input with each filter.
/// Its output is [filters, ⌊(length + padding of both sides − dilation · (kernel − 1) − 1) / stride⌋ + 1]. Parameters:
/// <c>weight</c> [filters, in / groups, kernel], <c>bias</c> [filters], and <c>slope</c> where the activation is PReLU.
/// </summary>
public sealed class Conv1DAttribute : Convolution1DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">The number of output channels, 1 or more.</param>
    public Conv1DAttribute(int filters) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>
    /// The number of groups, a divisor of the input's channels and of the filters: each group of filters sees only its own group of
    /// channels. Default: 1.
    /// </summary>
    public int Groups { get; set; } = Defaults.Groups;

    /// <summary>Automatic padding instead of explicit numbers. Default: none.</summary>
    public AutoPadding AutoPadding { get; set; }

    /// <summary>
    /// Whether the weight is learned as magnitude and direction, w = g · v / ‖v‖ for each filter: <c>weight_g</c> [filters, 1, 1]
    /// and <c>weight_v</c> (with the shape of <c>weight</c>) replace <c>weight</c>. The initialiser draws the initial v, and the
    /// initial g is its norm, so no row of v may be 0 initially. Salimans and Kingma, 2016. Default: false.
    /// </summary>
    public bool WeightNorm { get; set; }
}
