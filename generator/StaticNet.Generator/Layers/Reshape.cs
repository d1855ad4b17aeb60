using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The same elements, in row-major order, under another shape.</summary>
internal sealed record Reshape(EquatableArray<int> Shape) : Layer
{
    public override string Kind => "reshape";

    public override bool OnlyReshapes => true;

    public override string Title => $"Reshape {string.Join("×", Shape.Select(size => size == -1 ? "?" : Invariant.Text(size)))}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var shape = Shape.ToArray();
        if (shape.Length is < 1 or > 3)
            return errors.Argument("shape", "one to three sizes", Invariant.Text(shape.Length));
        if (shape.Any(size => size is < -1 or 0) || shape.Count(size => size == -1) > 1)
            return errors.Argument("shape", "positive sizes, of which one may be -1", Invariant.List(shape));

        var length = inputs[0].Length;
        var known = shape.Where(size => size > 0).Aggregate(1L, (product, size) => product > int.MaxValue ? product : product * size);
        var open = Array.IndexOf(shape, -1);
        if (open >= 0 && known <= length && length % known == 0)
            shape[open] = (int)(length / known);
        else if (known != length)
            return errors.Shapes($"Reshape to {string.Join("×", Shape.Select(size => size == -1 ? "?" : Invariant.Text(size)))} does not fit the {length} elements of its input {inputs[0]}");
        return TensorType.Of(shape);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.Reshape(inputs[0], resolved.Output);
}
