using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>y = x ∗ w + b with a window of its own for each channel; channels last.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is convolved.</param>
/// <param name="weight">[channels, 1, taps…].</param>
/// <param name="bias">[channels], or null.</param>
/// <param name="axes">The windows, one a pixel axis.</param>
internal sealed class DepthwiseConvolution(string layer, Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes)
    : Operation(layer, [input], TensorType.Of([weight.Shape[0], .. axes.Select(axis => axis.Output)]).ChannelsLast)
{
    public Parameter Weight { get; } = weight;

    public Parameter? Bias { get; } = bias;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "Forward";

    public override IEnumerable<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Weight.Trainable)
            backward.Add(new DepthwiseWeightGradient(Layer, Weight, Inputs[0], gradient, Axes));
        if (Bias is not null && Bias.Trainable)
            backward.Add(new SumGradient(Layer, Bias, [gradient], gradient.Type));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new DepthwiseInputGradient(Layer, gradient, Weight, Axes)));
    }
}

/// <summary>dx: the gradient of the output convolved with the weight, its taps in reverse.</summary>
internal sealed class DepthwiseInputGradient(string layer, Value gradient, Parameter weight, IReadOnlyList<WindowedAxis> axes)
    : Operation(layer, [gradient], TensorType.Of([weight.Shape[0], .. axes.Select(axis => axis.Input)]).ChannelsLast)
{
    public Parameter Weight { get; } = weight;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "InputGradient";

    public override IEnumerable<Parameter> Parameters => [Weight];
}

/// <summary>dw = Σ x·dy over samples and pixels, for each tap and channel.</summary>
internal sealed class DepthwiseWeightGradient(string layer, Parameter weight, Value input, Value gradient, IReadOnlyList<WindowedAxis> axes)
    : ParameterGradient(layer, weight, [input, gradient])
{
    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "WeightGradient";
}
