using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The vectors of a normalised weight w = g · v / ‖v‖: scale = g / ‖v‖ and 1 / ‖v‖, for each filter. A layer multiplies by v,
/// and its results by the scale, which is the same and leaves the weight as it is.
/// </summary>
internal sealed class WeightNormScale(string layer, Parameter direction, Parameter magnitude)
    : Operation(layer, [], TensorType.Of(Rows, direction.Outputs), isShared: true)
{
    public const int Rows = 2, ScaleRow = 0, InverseRow = 1;

    public Parameter Direction { get; } = direction;

    public Parameter Magnitude { get; } = magnitude;

    public override string Verb => "WeightNorm";

    public override IEnumerable<Parameter> Parameters => [Direction, Magnitude];
}

/// <summary>y = z · g / ‖v‖ + b, filter by filter.</summary>
internal sealed class WeightNormalization(string layer, Value input, WeightNormScale scale, Parameter? bias)
    : Elementwise(layer, bias is null ? ElementFunctions.Scale : ElementFunctions.ScaleAndShift, [input, scale.Output], verb: "Normalize")
{
    public override bool LanesFollowLastAxis => true;

    public override IReadOnlyList<LaneOperand> LaneOperands => bias is null
        ? [new LaneOperand(null, Inputs[1], WeightNormScale.ScaleRow)]
        : [new LaneOperand(null, Inputs[1], WeightNormScale.ScaleRow), new LaneOperand(bias)];

    public override IEnumerable<Parameter> Parameters => bias is null ? [] : [bias];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (bias is { Trainable: true })
            backward.Add(new SumGradient(Layer, bias, [gradient], gradient.Type) { FollowsLastAxis = true });
        if (scale.Magnitude.Trainable)
            backward.Add(new WeightNormGradient(Layer, gradient, Inputs[0], scale));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new WeightNormInputGradient(Layer, gradient, scale)));
    }
}

/// <summary>dz = dy · g / ‖v‖.</summary>
internal sealed class WeightNormInputGradient(string layer, Value gradient, WeightNormScale scale)
    : Elementwise(layer, ElementFunctions.Scale, [gradient, scale.Output], verb: "NormalizeGradient")
{
    public override bool LanesFollowLastAxis => true;

    public override IReadOnlyList<LaneOperand> LaneOperands => [new LaneOperand(null, Inputs[1], WeightNormScale.ScaleRow)];
}

/// <summary>
/// dg = s / ‖v‖ with s = Σ dy·z, and what v's gradient has in addition to the layer's own: −s·g/‖v‖³·v. Runs when the layer's is there.
/// </summary>
internal sealed class WeightNormGradient(string layer, Value gradient, Value input, WeightNormScale scale)
    : ParameterGradient(layer, scale.Magnitude, [gradient, input, scale.Output])
{
    public Parameter Direction { get; } = scale.Direction;

    public override bool IsLast => true;

    public override string Verb => "WeightNormGradient";
}
