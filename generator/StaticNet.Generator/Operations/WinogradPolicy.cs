using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Which convolutions are computed by Winograd's minimal filtering, at inference.</summary>
internal static class WinogradPolicy
{
    /// <summary>Fewer channels leave too little work between the transformations.</summary>
    private const int LeastChannels = 12;

    /// <summary>What the transformations cost, in products of one vector, for a tile and panel of 16 channels.</summary>
    private const int TransformationProducts = 150;

    /// <summary>
    /// Whether F(4×4, 3×3) is expected to be faster: it multiplies 36 times for 16 outputs instead of 144, but transforms
    /// inputs and outputs, and computes tiles that reach beyond the border whole. Rounding adds less than 10⁻⁵ of the largest
    /// output.
    /// </summary>
    public static bool Takes(WindowSum convolution, ConvolutionAlgorithm algorithm)
    {
        if (!IsPossible(convolution) || algorithm == ConvolutionAlgorithm.Direct)
            return false;
        if (algorithm == ConvolutionAlgorithm.Winograd)
            return true;

        var (inputs, outputs) = (convolution.Weight.Inputs, convolution.Weight.Outputs);
        if (Math.Min(inputs, outputs) < LeastChannels * convolution.Weight.Connections.Groups)
            return false;
        var tiles = WinogradConvolution.TilesOf(convolution.Axes);
        var direct = convolution.Axes.Aggregate(1L, (product, axis) => product * axis.Taps) * inputs * Lanes.Panels(outputs);
        var products = (WinogradConvolution.Points * (long)tiles * inputs * Lanes.Panels(outputs)) + ((long)tiles * TransformationProducts * (Lanes.Panels(inputs) + Lanes.Panels(outputs)));
        return products * 10 < direct * 9;
    }

    /// <summary>Whether the algorithm knows the convolution at all: 3×3 taps without strides, channels last.</summary>
    public static bool IsPossible(WindowSum convolution) =>
        convolution.Axes.Count == 2 && convolution.Inputs[0].Type.IsChannelsLast
        && convolution.Axes.All(axis => axis is { Kernel: 3, Stride: 1, Dilation: 1 });
}
