using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// Sums over windows. Each result takes the elements of its window: a convolution, and the gradient of a transposed one's input. Or it
/// gathers from the elements whose windows take it: a transposed convolution, and the gradient of a convolution's input. The result has
/// its channels last; so has the input, unless its channels are few.
/// </summary>
internal sealed class WindowSum : Product
{
    private WinogradWeight? _winogradWeight;

    /// <param name="layer">The layer's name.</param>
    /// <param name="input">What is summed.</param>
    /// <param name="weight">[filters, channels, taps…], or, where results gather, [channels, filters, taps…].</param>
    /// <param name="bias">[filters], or null.</param>
    /// <param name="axes">The windows, one a pixel axis.</param>
    /// <param name="gathers">Whether results gather from the elements whose windows take them.</param>
    /// <param name="isDepthwise">Whether each channel has windows of its own: [channels, 1, taps…].</param>
    public WindowSum(string layer, Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes, bool gathers = false, bool isDepthwise = false)
        : base(layer, input, Over(weight.Outputs, axes, gathers), weight, bias, null)
    {
        (Axes, Gathers, IsDepthwise) = (axes, gathers, isDepthwise);
        (Target, Windows) = (input, axes);
    }

    private WindowSum(WindowSum forward, Value gradient, TransposedWeight? transposed)
        : base(forward.Layer, gradient, Over(forward.IsDepthwise ? forward.Weight.Outputs : forward.Weight.Inputs, forward.Axes, !forward.Gathers), forward.Weight, null, transposed)
    {
        (Axes, Gathers, IsDepthwise) = (forward.Axes, !forward.Gathers, forward.IsDepthwise);
        (Target, Windows) = (gradient, forward.Axes);
        IsGradient = true;
    }

    public IReadOnlyList<WindowedAxis> Axes { get; }

    /// <summary>Whether results gather from the elements whose windows take them.</summary>
    public bool Gathers { get; }

    /// <summary>Whether each channel has windows of its own.</summary>
    public bool IsDepthwise { get; }

    /// <summary>Whether inference computes it by Winograd's minimal filtering.</summary>
    public bool IsWinograd { get; init; }

    /// <summary>What is summed, without the zeros that are around planes: its gradient is made at once.</summary>
    public Value Target { get; init; }

    /// <summary>The windows over it.</summary>
    public IReadOnlyList<WindowedAxis> Windows { get; init; }

    /// <summary>The weight as Winograd's algorithm multiplies by it.</summary>
    public WinogradWeight WinogradWeight => _winogradWeight ??= new WinogradWeight(this);

    public override bool AdjointTransposes => !IsDepthwise;

    public override int Places => Gathers ? Inputs[0].Type.Length / Inputs[0].Type.Channels : base.Places;

    public override IReadOnlyList<Operation> AtInference => IsWinograd ? [WinogradWeight, new WinogradConvolution(this)] : base.AtInference;

    public override bool ReadsVectorsOf(int input) => IsDepthwise;

    protected override ParameterGradient WeightGradient(Value gradient) => new WindowWeightGradient(Layer, Weight, Inputs[0], gradient, Axes, IsDepthwise);

    protected override void AccumulateInput(Backward backward, Value gradient)
    {
        var isInPlanes = Inputs[0].Type.IsInPlanes;
        if (isInPlanes && PlaneSum.HasGradient(Windows))
        {
            if (backward.Wants(Target))
                PlaneSum.AccumulateGradient(backward, Layer, Target, gradient, Weight, Windows);
            return;
        }

        if (!backward.Wants(Inputs[0]))
            return;
        var adjoint = backward.Add(new WindowSum(this, gradient, AdjointTransposes ? backward.Transpose(Weight) : null));
        backward.Accumulate(Inputs[0], isInPlanes ? backward.Add(Permutation.Reordered(Layer, adjoint, Inputs[0].Type, "InputGradientPermute")) : adjoint);
    }

    private static TensorType Over(int channels, IReadOnlyList<WindowedAxis> axes, bool gathers) =>
        TensorType.Of([channels, .. axes.Select(axis => gathers ? axis.Input : axis.Output)]).ChannelsLast;
}

/// <summary>
/// dw = Σ x ∗ dy over samples and pixels. The windows lie over x; where the weight is that of a transposed convolution, over dy, with one
/// for each pixel of x.
/// </summary>
internal sealed class WindowWeightGradient(string layer, Parameter weight, Value input, Value gradient, IReadOnlyList<WindowedAxis> axes, bool isDepthwise)
    : ParameterGradient(layer, weight, [input, gradient])
{
    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    /// <summary>Whether each channel has windows of its own.</summary>
    public bool IsDepthwise { get; } = isDepthwise;

    public override string Verb => "WeightGradient";

    public override bool ReadsVectorsOf(int input) => IsDepthwise || input == 1;
}
