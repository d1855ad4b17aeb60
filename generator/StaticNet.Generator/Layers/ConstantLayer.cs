using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>A fixed tensor, which joins take by its name.</summary>
internal sealed record ConstantLayer(EquatableArray<int> Shape, float Value, EquatableArray<float>? Values) : Layer
{
    public override string Kind => "constant";

    public override string Title => $"Constant {Invariant.Shape(Shape)}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Shape.Count is < 1 or > 3 || Shape.Any(size => size < 1))
            return errors.Argument("shape", "one to three positive sizes", Shape.Count == 0 ? "none" : Invariant.List(Shape));
        var count = Shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));
        if (Values is { } values && values.Count != count)
            return errors.Argument("Values", $"{Invariant.Text(count)} numbers, one per element", Invariant.Text(values.Count));
        var wrong = (Values ?? default).Append(Value).FirstOrDefault(value => float.IsNaN(value) || float.IsInfinity(value));
        return wrong != 0 ? errors.Argument(float.IsNaN(Value) || float.IsInfinity(Value) ? "Value" : "Values", "finite", Invariant.Text(wrong)) : TensorType.Of([.. Shape]);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.Constant(resolved.Output, Value, Values ?? default);
}
