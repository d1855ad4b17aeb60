using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>y = x·Wᵀ + b over the last axis, or its adjoint, dx = dy·W.</summary>
internal sealed class Contraction : Product
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="input">What is multiplied.</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="unrolling">Whether its code for one row is straight-line.</param>
    /// <param name="rounded">The weight in fewer bytes, where that is what it multiplies by; otherwise null.</param>
    public Contraction(string layer, Value input, Parameter weight, Parameter? bias, Unrolling unrolling, RoundedWeight? rounded = null)
        : base(layer, input, input.Type.WithLast(weight.Outputs), weight, bias, rounded) => Unrolling = unrolling;

    private Contraction(Contraction forward, Value gradient, TransposedWeight transposed)
        : base(forward.Layer, gradient, forward.Inputs[0].Type, forward.Weight, null, transposed) => IsGradient = true;

    public Unrolling Unrolling { get; }

    /// <summary>Whether those who read it compute it themselves outside training.</summary>
    public bool IsJoined { get; init; }

    public override IReadOnlyList<Operation> AtInference => IsJoined ? [] : [this];

    public override bool AdjointTransposes => true;

    public override bool ReadsVectorsOf(int input) => false;

    protected override bool BiasFollowsLastAxis => true;

    protected override ParameterGradient WeightGradient(Value gradient) => new WeightGradient(Layer, Weight, Inputs[0], gradient);

    protected override void AccumulateInput(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new Contraction(this, gradient, backward.Transpose(Weight))));
    }
}

/// <summary>dW = Σ dyᵀ·x over the samples.</summary>
internal sealed class WeightGradient(string layer, Parameter weight, Value input, Value gradient) : ParameterGradient(layer, weight, [input, gradient])
{
    public override string Verb => "WeightGradient";

    public override bool ReadsVectorsOf(int input) => input == 1;
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
