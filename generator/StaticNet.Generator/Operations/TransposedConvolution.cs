using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The transpose of a convolution plus b: each element of the output gathers from the pixels of the input whose windows take it.
/// Channels last.
/// </summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is spread.</param>
/// <param name="weight">[channels, filters, taps…].</param>
/// <param name="bias">[filters], or null.</param>
/// <param name="axes">The windows of the convolution that is transposed: over the output, one for each pixel of the input.</param>
internal sealed class TransposedConvolution(string layer, Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes)
    : Operation(layer, [input], TensorType.Of([weight.Outputs, .. axes.Select(axis => axis.Input)]).ChannelsLast)
{
    public Parameter Weight { get; } = weight;

    public Parameter? Bias { get; } = bias;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "Forward";

    public override IEnumerable<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Weight.Trainable)
            backward.Add(new ConvolutionWeightGradient(Layer, Weight, Inputs[0], gradient, Axes));
        if (Bias is not null && Bias.Trainable)
            backward.Add(new SumGradient(Layer, Bias, [gradient], gradient.Type));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new TransposedInputGradient(Layer, gradient, Weight, Axes)));
    }
}

/// <summary>dx: the gradient of the output convolved with the weight, as before it was transposed.</summary>
internal sealed class TransposedInputGradient(string layer, Value gradient, Parameter weight, IReadOnlyList<WindowedAxis> axes)
    : Operation(layer, [gradient], TensorType.Of([weight.Inputs, .. axes.Select(axis => axis.Output)]).ChannelsLast)
{
    public Parameter Weight { get; } = weight;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "InputGradient";

    public override IEnumerable<Parameter> Parameters => [Weight];
}
