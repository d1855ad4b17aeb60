using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>y = x·Wᵀ + b over the last axis.</summary>
internal sealed class Contraction(string layer, Value input, Parameter weight, Parameter? bias, Unrolling unrolling)
    : Operation(layer, [input], input.Type.WithLast(weight.Shape[0]))
{
    public Parameter Weight { get; } = weight;

    public Parameter? Bias { get; } = bias;

    public Unrolling Unrolling { get; } = unrolling;

    public override string Verb => "Forward";

    public override IEnumerable<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Weight.Trainable)
            backward.Add(new WeightGradient(Layer, Weight, Inputs[0], gradient));
        if (Bias is not null && Bias.Trainable)
            backward.Add(new SumGradient(Layer, Bias, [gradient], gradient.Type) { FollowsLastAxis = true });
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new InputGradient(Layer, gradient, Weight, Inputs[0].Type)));
    }
}

/// <summary>dx = dy·W.</summary>
internal sealed class InputGradient(string layer, Value gradient, Parameter weight, TensorType type) : Operation(layer, [gradient], type)
{
    public Parameter Weight { get; } = weight;

    public override string Verb => "InputGradient";

    public override IEnumerable<Parameter> Parameters => [Weight];
}

/// <summary>dW = Σ dyᵀ·x over the samples.</summary>
internal sealed class WeightGradient(string layer, Parameter weight, Value input, Value gradient) : ParameterGradient(layer, weight, [input, gradient])
{
    public override string Verb => "WeightGradient";
}

/// <summary>
/// The gradient of a parameter that was broadcast: the sum, over samples and broadcast axes, of the gradient itself, or of
/// what a function makes of several values.
/// </summary>
internal sealed class SumGradient(string layer, Parameter parameter, IReadOnlyList<Value> inputs, TensorType summed, ElementFunction? function = null)
    : ParameterGradient(layer, parameter, inputs)
{
    /// <summary>The shape that is summed over.</summary>
    public TensorType Summed { get; } = summed;

    /// <summary>What is summed; null: the one input itself.</summary>
    public ElementFunction? Function { get; } = function;

    /// <summary>Whether the parameter follows the last axis, whatever that is; otherwise it follows the channel, or is one for all.</summary>
    public bool FollowsLastAxis { get; init; }

    public override string Verb => $"{Parameter.Role}Gradient";
}

/// <summary>A weight with inputs and outputs exchanged.</summary>
internal sealed class Transposition(Parameter weight) : Operation(weight.Layer, [], TensorType.Of(weight.Count))
{
    public override string Verb => "Transpose";

    public override IEnumerable<Parameter> Parameters => [weight];
}
