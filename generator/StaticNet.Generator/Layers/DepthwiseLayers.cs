using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = activation(x ∗ w + b), each channel with windows of its own.</summary>
internal sealed record DepthwiseLayer(
    EquatableArray<AxisWindow> Windows, int Multiplier, bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue, bool Trainable) : Layer
{
    public override string Kind => "depthwise";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"DepthwiseConv2D {SpatialRules.Text(Windows)}{(Multiplier > 1 ? $", {Multiplier} filters per channel" : "")}{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) =>
        Depthwise.Infer("DepthwiseConv2D", Windows, Multiplier, inputs[0], errors) is { } deep && Activation.Check(errors, "ActivationAlpha") ? deep : null;

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => (Activation with { Trainable = Trainable })
        .Lower(network, Depthwise.Lower(network, inputs[0], "weight", resolved.Windows, Multiplier, Bias ? BiasValue : null, Kernel.For(Activation.Kind), Trainable));
}

/// <summary>Each channel with windows of its own, then a mixture of the channels of each pixel; bias and activation at the end.</summary>
internal sealed record SeparableLayer(
    int Filters, EquatableArray<AxisWindow> Windows, int Multiplier, bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue,
    bool Trainable, Unrolling Unrolling) : Layer
{
    public override string Kind => "separable";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"SeparableConv2D {Filters}, {SpatialRules.Text(Windows)}{(Multiplier > 1 ? $", {Multiplier} filters per channel" : "")}{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Filters < 1)
            return errors.Argument("filters", "1 or more", Invariant.Text(Filters));
        return Depthwise.Infer("SeparableConv2D", Windows, Multiplier, inputs[0], errors) is { } deep && Activation.Check(errors, "ActivationAlpha")
            ? new LayerShape(TensorType.Of([Filters, .. deep.Output.Shape.Skip(1)]), deep.Windows)
            : null;
    }

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var channels = inputs[0].Type.Channels * Multiplier;
        var deep = Depthwise.Lower(network, inputs[0], "depthwiseWeight", resolved.Windows, Multiplier, null, Kernel.For(Vocabulary.Activation.Identity), Trainable);
        var weight = network.Parameter("pointwiseWeight", ParameterKind.Weight, [Filters, channels, 1, 1], Kernel.For(Activation.Kind), Trainable, channels);
        var bias = Bias ? network.Parameter("bias", ParameterKind.Bias, [Filters], Initialization.Constant(BiasValue), Trainable) : null;
        return (Activation with { Trainable = Trainable }).Lower(network, network.Convolve(deep, weight, bias, [.. resolved.Windows.Select(window => WindowedAxis.Each(window.Output))], Unrolling));
    }
}

/// <summary>What depthwise and separable convolutions share.</summary>
internal static class Depthwise
{
    public static LayerShape? Infer(string layer, EquatableArray<AxisWindow> windows, int multiplier, TensorType input, IShapeErrors errors)
    {
        if (multiplier < 1)
            return errors.Argument("DepthMultiplier", "1 or more", Invariant.Text(multiplier));
        if (SpatialRules.Over(layer, windows, input, errors) is not { } axes)
            return null;
        var channels = (long)input.Shape[0] * multiplier;
        return channels > Limits.LargestValue
            ? errors.Shapes($"{layer} makes {channels} channels of {input.Shape[0]}, but code is generated for at most {Limits.LargestValue}")
            : new LayerShape(TensorType.Of([(int)channels, .. axes.Select(axis => axis.Output)]), axes);
    }

    public static LogicalValue Lower(
        Lowering network, LogicalValue input, string name, IReadOnlyList<WindowedAxis> axes, int multiplier, float? biasValue, Initialization kernel, bool trainable)
    {
        var channels = input.Type.Channels;
        int[] shape = [channels * multiplier, 1, .. axes.Select(axis => axis.Kernel)];
        var weight = network.Parameter(name, ParameterKind.Weight, shape, kernel, trainable, 1);
        var bias = biasValue is { } start ? network.Parameter("bias", ParameterKind.Bias, [channels * multiplier], Initialization.Constant(start), trainable) : null;
        return network.ConvolveDepthwise(network.RepeatChannels(input, multiplier), weight, bias, axes);
    }
}
