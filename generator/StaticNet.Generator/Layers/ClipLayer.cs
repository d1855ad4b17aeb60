using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = min(max(x, lowest), highest).</summary>
internal sealed record ClipLayer(float Lowest, float Highest) : Layer
{
    public override string Kind => "clip";

    public override string Title => $"Clip to {Invariant.Text(Lowest)} … {Invariant.Text(Highest)}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (float.IsNaN(Lowest) || float.IsPositiveInfinity(Lowest))
            return errors.Argument("Min", "a number, or −∞ for none", Invariant.Text(Lowest));
        if (float.IsNaN(Highest) || float.IsNegativeInfinity(Highest))
            return errors.Argument("Max", "a number, or ∞ for none", Invariant.Text(Highest));
        if (Lowest > Highest)
            return errors.Argument("Min", $"at most Max, {Invariant.Text(Highest)}", Invariant.Text(Lowest));
        return float.IsInfinity(Lowest) && float.IsInfinity(Highest) ? errors.Argument("Min", "a bound, here or as Max", "none") : inputs[0];
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Apply(inputs[0], ElementFunctions.Clip(Lowest, Highest));
}
