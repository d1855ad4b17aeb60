using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The mean over axes, which vanish; none named: over all of them.</summary>
internal sealed record MeanLayer(EquatableArray<int> Over) : Layer
{
    public override string Kind => "mean";

    public override string Title => Over.Count == 0 ? "Mean" : $"Mean over {(Over.Count == 1 ? "axis" : "axes")} {Invariant.List(Over.ToArray())}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (AxisRules.Resolve(Over, inputs[0], errors) is not { } axes)
            return null;
        var rest = Enumerable.Range(0, inputs[0].Rank).Except(All(axes, inputs[0])).Select(axis => inputs[0].Shape[axis]).ToArray();
        return TensorType.Of(rest.Length == 0 ? [1] : rest);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var type = inputs[0].Type;
        return network.Mean(inputs[0], resolved.Output, All(AxisRules.FromFirst(Over, type.Rank), type));
    }

    private static int[] All(int[] axes, TensorType input) => axes.Length == 0 ? Enumerable.Range(0, input.Rank).ToArray() : axes;
}
