using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// y = x ∗ w + b. The input has its channels last, or, where they are few, first; the output has them last.
/// </summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is convolved.</param>
/// <param name="weight">[filters, channels, taps…].</param>
/// <param name="bias">[filters], or null.</param>
/// <param name="axes">The windows, one a pixel axis.</param>
/// <param name="algorithm">What it may be computed by.</param>
internal sealed class Convolution(string layer, Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes, ConvolutionAlgorithm algorithm)
    : Operation(layer, [input], TensorType.Of([weight.Shape[0], .. axes.Select(axis => axis.Output)]).ChannelsLast)
{
    private WinogradWeight? _winograd;

    public ConvolutionAlgorithm Algorithm { get; } = algorithm;

    /// <summary>The weight as Winograd's algorithm multiplies by it.</summary>
    public WinogradWeight WinogradWeight => _winograd ??= new WinogradWeight(this);

    public Parameter Weight { get; } = weight;

    public Parameter? Bias { get; } = bias;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    /// <summary>What is convolved, without the zeros that stand around planes: its gradient is made at once.</summary>
    public Value Target { get; init; } = input;

    /// <summary>The windows over it.</summary>
    public IReadOnlyList<WindowedAxis> Windows { get; init; } = axes;

    public override string Verb => "Forward";

    public override IEnumerable<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Weight.Trainable)
            backward.Add(new ConvolutionWeightGradient(Layer, Weight, Inputs[0], gradient, Axes));
        if (Bias is not null && Bias.Trainable)
            backward.Add(new SumGradient(Layer, Bias, [gradient], gradient.Type));
        if (!Target.Type.IsChannelsLast && PlaneInputGradient.IsPossible(Windows))
        {
            if (backward.Wants(Target))
                PlaneInputGradient.Accumulate(backward, Layer, Target, gradient, Weight, Windows);
        }
        else if (backward.Wants(Inputs[0]))
        {
            var last = backward.Add(new ConvolutionInputGradient(Layer, gradient, Weight, Axes));
            backward.Accumulate(Inputs[0], Inputs[0].Type.IsChannelsLast ? last : backward.Add(Lowering.Reordered(Layer, last, Inputs[0].Type, "InputGradientPermute")));
        }
    }
}

/// <summary>dx: the gradient of the output convolved with the weight, its taps in reverse.</summary>
internal sealed class ConvolutionInputGradient(string layer, Value gradient, Parameter weight, IReadOnlyList<WindowedAxis> axes)
    : Operation(layer, [gradient], TensorType.Of([weight.Inputs, .. axes.Select(axis => axis.Input)]).ChannelsLast)
{
    public Parameter Weight { get; } = weight;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "InputGradient";

    public override IEnumerable<Parameter> Parameters => [Weight];
}

/// <summary>
/// dw = Σ x ∗ dy over samples and pixels. The windows lie over x; where the weight is transposed, over dy, with one for each
/// pixel of x.
/// </summary>
internal sealed class ConvolutionWeightGradient(string layer, Parameter weight, Value input, Value gradient, IReadOnlyList<WindowedAxis> axes)
    : ParameterGradient(layer, weight, [input, gradient])
{
    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    public override string Verb => "WeightGradient";
}
