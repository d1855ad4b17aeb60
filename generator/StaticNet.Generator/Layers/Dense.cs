using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = activation(x·Wᵀ + b), over the last axis.</summary>
internal sealed record Dense(
    int Units, bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue, bool Trainable, Unrolling Unrolling, bool WeightNorm = false) : Layer
{
    public override string Kind => "dense";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"Dense {Units}{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Units < 1)
            return errors.Argument("units", "1 or more", Invariant.Text(Units));
        return Activation.Check(errors, "ActivationAlpha") ? inputs[0].WithLast(Units) : null;
    }

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var input = inputs[0];
        var sum = network.Weigh(
            WeightNorm,
            (name, role) => network.Parameter(name, role, [Units, input.Type.Last], Kernel.For(Activation.Kind), Trainable),
            () => Bias ? network.Parameter("bias", ParameterKind.Bias, [Units], Initialization.Constant(BiasValue), Trainable) : null,
            (weight, bias) => network.Contract(input, weight, bias, Unrolling));
        return (Activation with { Trainable = Trainable }).Lower(network, sum);
    }
}
