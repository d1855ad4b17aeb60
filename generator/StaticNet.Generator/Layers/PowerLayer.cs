using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = x to a constant exponent.</summary>
internal sealed record PowerLayer(float Exponent) : Layer
{
    public override string Kind => "power";

    public override string Title => $"Power {Invariant.Text(Exponent)}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) =>
        float.IsNaN(Exponent) || float.IsInfinity(Exponent) ? errors.Argument("exponent", "a finite number", Invariant.Text(Exponent)) : inputs[0];

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        Exponent == 1 ? inputs[0] : network.Apply(inputs[0], ElementFunctions.Power(Exponent));
}
