using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// A sum over windows without strides whose result is in planes, one per channel, with the pixels of a row as lanes: a convolution, or
/// the gradient of its input, with the taps in reverse. It reads planes too, in a frame that makes every load meet elements or zeros.
/// </summary>
internal sealed class PlaneSum : Product
{
    private readonly Value _target;
    private readonly IReadOnlyList<WindowedAxis> _windows;

    /// <param name="layer">The layer's name.</param>
    /// <param name="frame">What is convolved, in the frame of the windows.</param>
    /// <param name="target">What is in the frame.</param>
    /// <param name="weight">[filters, channels, taps…].</param>
    /// <param name="bias">[filters], or null.</param>
    /// <param name="windows">The windows over what is in the frame, one a pixel axis.</param>
    public PlaneSum(string layer, Value frame, Value target, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows)
        : this(layer, frame, target, weight, bias, windows, [.. windows.Select(PlaneAxis.Forward)], weight.Shape[0])
    {
    }

    private PlaneSum(
        string layer, Value frame, Value target, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows, IReadOnlyList<PlaneAxis> axes, int channels)
        : base(layer, frame, TensorType.Of([channels, .. axes.Select(axis => axis.Output)]), weight, bias, null)
    {
        Axes = axes;
        _target = target;
        _windows = windows;
    }

    public IReadOnlyList<PlaneAxis> Axes { get; }

    /// <summary>Whether the gradient of what windows are over is a sum over planes: no strides, and no more padding than a window can meet.</summary>
    public static bool HasGradient(IReadOnlyList<WindowedAxis> windows) =>
        windows.All(window => window.Stride == 1 && Math.Max(window.Before, window.Padding - window.Before) <= (window.Kernel - 1) * window.Dilation);

    /// <summary>Adds the gradient of what was convolved.</summary>
    /// <param name="backward">The backward pass.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="target">What was convolved.</param>
    /// <param name="gradient">The gradient of the output.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="windows">The windows over what was convolved.</param>
    public static void AccumulateGradient(Backward backward, string layer, Value target, Value gradient, Parameter weight, IReadOnlyList<WindowedAxis> windows)
    {
        PlaneAxis[] axes = [.. windows.Select(PlaneAxis.Gradient)];
        var framed = PlaneFrame.Of(layer, gradient, axes, "GradientFrame");
        var frame = framed is null ? gradient : backward.Add(framed);
        var planes = backward.Add(new PlaneSum(layer, frame, gradient, weight, null, windows, axes, weight.Inputs) { IsGradient = true });
        backward.Accumulate(target, target.Type.IsChannelsLast ? backward.Add(Permutation.Reordered(layer, planes, target.Type, "InputGradientPermute")) : planes);
    }

    protected override ParameterGradient WeightGradient(Value gradient) => new PlaneWeightGradient(Layer, Weight, Inputs[0], gradient, Axes);

    protected override void AccumulateInput(Backward backward, Value gradient)
    {
        if (backward.Wants(_target))
            AccumulateGradient(backward, Layer, _target, gradient, Weight, _windows);
    }
}

/// <summary>dw = Σ x ∗ dy over samples and pixels, both in planes.</summary>
internal sealed class PlaneWeightGradient(string layer, Parameter weight, Value frame, Value gradient, IReadOnlyList<PlaneAxis> axes)
    : ParameterGradient(layer, weight, [frame, gradient])
{
    public IReadOnlyList<PlaneAxis> Axes { get; } = axes;

    public override string Verb => "WeightGradient";
}
