using StaticNet.Generator.Layers;

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
            backward.Add(new SumGradient(Layer, Bias, [gradient], gradient.Type) { IsByChannel = true });
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

/// <summary>A value with its channels last as planes in a frame of zeros.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">The value.</param>
/// <param name="axes">How the planes are read.</param>
/// <param name="verb">The end of the method's name.</param>
internal sealed class PlaneFrame(string layer, Value input, IReadOnlyList<PlaneAxis> axes, string verb)
    : Operation(layer, [input], PlaneAxis.FrameOf(input.Type.Channels, axes))
{
    /// <summary>For each pixel axis, the zeros before the value.</summary>
    public IReadOnlyList<int> Before { get; } = PlaneAxis.PlaceOf(axes);

    public override string Verb => verb;

    /// <summary>The operation that puts a value in the frame of a sum over planes, or null where it stands in it.</summary>
    public static Operation? Of(string layer, Value value, IReadOnlyList<PlaneAxis> axes, string verb)
    {
        if (value.Type.IsChannelsLast)
            return new PlaneFrame(layer, value, axes, verb);
        var type = PlaneAxis.FrameOf(value.Type.Channels, axes);
        return type.Shape.Equals(value.Type.Shape) ? null : new Frame(layer, value, type, [0, .. PlaneAxis.PlaceOf(axes)], verb);
    }
}

/// <summary>One axis of a sum over planes: result q takes the elements q − before + tap·dilation.</summary>
/// <param name="Input">The elements of the input, without the frame.</param>
/// <param name="Output">The results.</param>
/// <param name="Taps">The taps of a result.</param>
/// <param name="Dilation">The elements from tap to tap.</param>
/// <param name="Before">The zeros that the first result meets.</param>
internal readonly record struct PlaneAxis(int Input, int Output, int Taps, int Dilation, int Before)
{
    /// <summary>The rows that a tile takes together, so that one broadcast of a weight serves them all.</summary>
    public const int RowsOfTile = 2;

    /// <summary>The axis of a convolution.</summary>
    public static PlaneAxis Forward(WindowedAxis window) => new(window.Input, window.Output, window.Kernel, window.Dilation, window.Before);

    /// <summary>The axis of the gradient of its input, whose taps are in reverse.</summary>
    public static PlaneAxis Gradient(WindowedAxis window) =>
        new(window.Output, window.Input, window.Kernel, window.Dilation, ((window.Kernel - 1) * window.Dilation) - window.Before);

    /// <summary>Whether every tap of every result exists.</summary>
    public bool IsInside => Before == 0 && Output + ((Taps - 1) * Dilation) <= Input;

    /// <summary>The rows of zeros above and below: taps outside are left out, but for those that another row of the tile has.</summary>
    public int Border => IsInside ? 0 : RowsOfTile - 1;

    /// <summary>The frame of planes that are read.</summary>
    public static TensorType FrameOf(int channels, IReadOnlyList<PlaneAxis> axes)
    {
        // Whole vectors of results read as many elements, from each tap on.
        var columns = axes[axes.Count - 1];
        var width = Lanes.Pad(columns.Output) + ((columns.Taps - 1) * columns.Dilation);
        return TensorType.Of([channels, .. axes.Take(axes.Count - 1).Select(rows => rows.Input + (2 * rows.Border)), width]);
    }

    /// <summary>Where the planes stand in their frame.</summary>
    public static int[] PlaceOf(IReadOnlyList<PlaneAxis> axes) => [.. axes.Take(axes.Count - 1).Select(rows => rows.Border), axes[axes.Count - 1].Before];
}
