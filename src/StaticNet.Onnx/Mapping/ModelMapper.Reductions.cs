using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Folding;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Means, sums, maxima and their places along axes.</summary>
internal sealed partial class ModelMapper
{
    /// <summary>Marks the layer whose output is a whole number.</summary>
    private const string IndexName = "index";

    private void AddReductions()
    {
        foreach (var name in new[] { "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin" })
            Reduction(name, name, (_, x) => x, x => x);
        Reduction("ReduceL1", "ReduceSum", (_, x) => new Expression.Call("abs", x), x => x);
        Reduction("ReduceL2", "ReduceSum", (_, x) => Pair("*", x, x), x => new Expression.Call("sqrt", x));
        Reduction("ReduceSumSquare", "ReduceSum", (_, x) => Pair("*", x, x), x => x);
        Reduction("ReduceLogSum", "ReduceSum", (_, x) => x, x => new Expression.Call("log", x));
        Add("ArgMax", (node, inputs) => ArgMax(node, inputs[0]!));
        Add("ArgMin", (node, inputs) => ArgMax(node, Applied(inputs[0]!, x => Pair("-", Expression.Number(0), x))));
    }

    private void Reduction(string name, string function, Func<GraphNode, Expression, Expression> before, Func<Expression, Expression> after) => Add(name, (node, inputs) =>
    {
        var value = inputs[0]!;
        var axes = ShapeRules.ReducedAxes(ConstantFolder.Axes(node, [null, Optional(inputs, 1, "axes")], 1), value.Shape.Length, node.Integer("noop_with_empty_axes", 0) != 0);
        var reduced = Reduced(Applied(value, x => before(node, x)), axes, node.Integer("keepdims", 1) != 0, function);
        return Applied(reduced, after);
    });

    private Value Reduced(Value value, int[] axes, bool keeps, string function)
    {
        var shape = ShapeRules.Reduced(value.Shape, axes, keeps);
        var count = axes.Aggregate(1, (product, axis) => product * value.Shape[axis]);
        if (count == 1)
            return value.Reshaped(shape);
        if (function == "ReduceMin")
        {
            var most = Reduced(Applied(value, x => Pair("-", Expression.Number(0), x)), axes, keeps, "ReduceMax");
            return Applied(most, x => Pair("-", Expression.Number(0), x));
        }

        // The axes that remain, then those that vanish.
        int[] rest = [.. Enumerable.Range(0, value.Shape.Length).Except(axes)];
        var rows = Indexing.Length(rest.Select(axis => value.Shape[axis]));
        var layer = _build.Transpose(Layer(value), value.Shape, [.. rest, .. axes]);
        if (layer.Shape.Length < 2 || layer.Shape[0] != rows)
            layer = _build.View(layer, rows, count);
        var pooled = LayerBuilder.Layer(new AttributeDeclaration(function == "ReduceMax" ? "GlobalMaxPool" : "GlobalAveragePool"), layer, rows);
        var result = Value.Of(pooled, shape);
        return function == "ReduceSum" ? Applied(result, x => Pair("*", x, Expression.Number(count))) : result;
    }

    /// <summary>The first place of the largest element: the least place of those where nothing is missing to the maximum.</summary>
    private Value ArgMax(GraphNode node, Value value)
    {
        if (node.Integer("select_last_index", 0) != 0)
            throw new ModelFaultException("it selects the last of equal elements");
        var axis = Indexing.Axis(node.Integer("axis", 0), value.Shape.Length);
        var size = value.Shape[axis];
        var shape = ShapeRules.Reduced(value.Shape, [axis], node.Integer("keepdims", 1) != 0);
        var known = Value.Of(Layer(value), value.Shape);
        var most = Reduced(known, [axis], keeps: true, "ReduceMax");
        var missing = Applied(Combined("-", known, most), x => new Expression.Choice("<", x, Expression.Number(0), Expression.Number(-size), Expression.Number(0)));
        int[] numbers = [.. value.Shape.Select((count, index) => index == axis ? count : 1)];
        var numbered = Combined("-", missing, Value.Of(Tensor.Of([.. Enumerable.Range(0, size).Select(index => (float)index)], numbers)));
        var first = Layer(Applied(Reduced(numbered, [axis], keeps: false, "ReduceMax"), x => Pair("-", Expression.Number(0), x)));
        first.PreferredName = IndexName;
        return Value.Of(first, shape);
    }
}
