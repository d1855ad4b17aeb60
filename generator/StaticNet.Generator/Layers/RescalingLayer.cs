using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = x · scale + offset.</summary>
internal sealed record RescalingLayer(float Scale, float Offset) : Layer
{
    public override string Kind => "rescaling";

    public override string Title => $"Rescaling {Invariant.Text(Scale)}{(Offset == 0 ? "" : $", offset {Invariant.Text(Offset)}")}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (float.IsNaN(Scale) || float.IsInfinity(Scale))
            return errors.Argument("scale", "a finite number", Invariant.Text(Scale));
        return float.IsNaN(Offset) || float.IsInfinity(Offset) ? errors.Argument("Offset", "a finite number", Invariant.Text(Offset)) : inputs[0];
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Apply(inputs[0], new ElementFunction("rescaling", (ElementFunctions.X * Scale) + Offset));
}
