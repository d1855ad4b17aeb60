using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// A sum over taps and channels whose result stands in planes, one a channel, with the pixels of a row as lanes. It reads
/// planes too, in a frame that makes every load meet elements or zeros.
/// </summary>
internal abstract class PlaneSum(string layer, Value frame, Parameter weight, IReadOnlyList<PlaneAxis> axes, int channels)
    : Operation(layer, [frame], TensorType.Of([channels, .. axes.Select(axis => axis.Output)]))
{
    public Parameter Weight { get; } = weight;

    public IReadOnlyList<PlaneAxis> Axes { get; } = axes;

    public override IEnumerable<Parameter> Parameters => [Weight];
}

/// <summary>y = x ∗ w + b over planes; no strides.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="frame">What is convolved, in the frame of the windows.</param>
/// <param name="target">What is in the frame.</param>
/// <param name="weight">[filters, channels, taps…].</param>
/// <param name="bias">[filters], or null.</param>
/// <param name="windows">The windows over what is in the frame, one a pixel axis.</param>
internal sealed class PlaneConvolution(string layer, Value frame, Value target, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows)
    : PlaneSum(layer, frame, weight, [.. windows.Select(PlaneAxis.Forward)], weight.Shape[0])
{
    public Parameter? Bias { get; } = bias;

    public override string Verb => "Forward";

    public override IEnumerable<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Weight.Trainable)
            backward.Add(new PlaneWeightGradient(Layer, Weight, Inputs[0], gradient, Axes));
        if (Bias is not null && Bias.Trainable)
            backward.Add(new SumGradient(Layer, Bias, [gradient], gradient.Type));
        if (backward.Wants(target))
            PlaneInputGradient.Accumulate(backward, Layer, target, gradient, Weight, windows);
    }
}

/// <summary>dx: the gradient of the output, in planes, convolved with the weight, its taps in reverse.</summary>
internal sealed class PlaneInputGradient : PlaneSum
{
    private PlaneInputGradient(string layer, Value frame, Parameter weight, IReadOnlyList<PlaneAxis> axes)
        : base(layer, frame, weight, axes, weight.Inputs)
    {
    }

    public override string Verb => "InputGradient";

    /// <summary>Whether the windows' gradient is a sum over planes: no strides, and no more padding than a window can meet.</summary>
    public static bool IsPossible(IReadOnlyList<WindowedAxis> windows) =>
        windows.All(window => window.Stride == 1 && Math.Max(window.Before, window.Padding - window.Before) <= (window.Kernel - 1) * window.Dilation);

    /// <summary>Adds the gradient of what was convolved.</summary>
    /// <param name="backward">The backward pass.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="target">What was convolved.</param>
    /// <param name="gradient">The gradient of the output.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="windows">The windows over what was convolved.</param>
    public static void Accumulate(Backward backward, string layer, Value target, Value gradient, Parameter weight, IReadOnlyList<WindowedAxis> windows)
    {
        PlaneAxis[] axes = [.. windows.Select(PlaneAxis.Gradient)];
        var framed = PlaneFrame.Of(layer, gradient, axes, "GradientFrame");
        var planes = backward.Add(new PlaneInputGradient(layer, framed is null ? gradient : backward.Add(framed), weight, axes));
        backward.Accumulate(target, target.Type.IsChannelsLast ? backward.Add(Lowering.Reordered(layer, planes, target.Type, "InputGradientPermute")) : planes);
    }
}

/// <summary>dw = Σ x ∗ dy over samples and pixels, both in planes.</summary>
internal sealed class PlaneWeightGradient(string layer, Parameter weight, Value frame, Value gradient, IReadOnlyList<PlaneAxis> axes)
    : ParameterGradient(layer, weight, [frame, gradient])
{
    public IReadOnlyList<PlaneAxis> Axes { get; } = axes;

    public override string Verb => "WeightGradient";
}
