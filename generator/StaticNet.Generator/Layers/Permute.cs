using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The axes in another order: axis i of the output is axis <c>Order[i]</c> of the input.</summary>
internal sealed record Permute(EquatableArray<int> Order) : Layer
{
    public override string Kind => "permute";

    public override string Title => $"Permute {Invariant.List(Order.ToArray())}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        if (AxisRules.Resolve(Order, input, errors) is not { } axes)
            return null;
        return axes.Length == input.Rank
            ? TensorType.Of(axes.Select(axis => input.Shape[axis]).ToArray())
            : errors.Argument("axes", $"each of the {input.Rank} axes once", Order.Count == 0 ? "none" : Invariant.List(Order.ToArray()));
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Permute(inputs[0], AxisRules.FromFirst(Order, inputs[0].Type.Rank));
}
