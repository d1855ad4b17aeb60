using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>y = x ∗ w + b. The layout chooses the way to compute it.</summary>
/// <param name="layer">The full name of the layer.</param>
/// <param name="input">What is convolved.</param>
/// <param name="weight">[filters, channels, taps…].</param>
/// <param name="bias">[filters], or null.</param>
/// <param name="windows">The windows, one a pixel axis.</param>
internal sealed class Convolution(string layer, LogicalValue input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows)
    : LogicalOperation(layer, [input], TensorType.Of([weight.Outputs, .. windows.Select(window => window.Output)]), LayoutUse.Own)
{
    public Parameter Weight { get; } = weight;

    public IReadOnlyList<WindowedAxis> Windows { get; } = windows;

    /// <summary>What the user wants it to be computed by.</summary>
    public ConvolutionAlgorithm Algorithm { get; init; }

    /// <summary>Whether the code of a product for one row is straight-line.</summary>
    public Unrolling Unrolling { get; init; }

    public override Value Arrange(LayoutBuilder layout, Value[] inputs)
    {
        var input = inputs[0];
        var (way, why) = layout.Choose(this, input);
        return way switch
        {
            ConvolutionWay.Product => layout.Add(new Contraction(Layer, layout.ChannelsLast(input), Weight, bias, Unrolling)),
            ConvolutionWay.Planes => layout.Add(new PlaneSum(Layer, Framed(layout, input), input, Weight, bias, Windows) { Why = why }),
            ConvolutionWay.FewChannels => layout.Add(OverPlanes(layout, input)),
            _ => layout.Add(new WindowSum(Layer, layout.ChannelsLast(input), Weight, bias, Windows) { IsWinograd = way == ConvolutionWay.Winograd, Why = why }),
        };
    }

    /// <summary>A value in the frame of a sum over planes.</summary>
    private Value Framed(LayoutBuilder layout, Value input) =>
        PlaneFrame.Of(Layer, input, [.. Windows.Select(PlaneAxis.Forward)], "Frame") is { } frame ? layout.Add(frame) : input;

    /// <summary>So few channels cost little to copy, and with zeros around them every window has all its taps.</summary>
    private WindowSum OverPlanes(LayoutBuilder layout, Value input)
    {
        if (Windows.All(window => window.IsInside))
            return new WindowSum(Layer, input, Weight, bias, Windows);
        var padded = Windows.Select(axis => axis with { Input = Math.Max(((axis.Output - 1) * axis.Stride) + ((axis.Kernel - 1) * axis.Dilation) + 1, axis.Input + axis.Before), Before = 0, Padding = 0 }).ToArray();
        var frame = layout.Add(new Frame(Layer, input, TensorType.Of([input.Type.Channels, .. padded.Select(axis => axis.Input)]), [0, .. Windows.Select(axis => axis.Before)], "Frame"));
        return new WindowSum(Layer, frame, Weight, bias, padded) { Target = input, Windows = Windows };
    }
}
