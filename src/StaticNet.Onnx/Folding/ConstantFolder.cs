using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Folding;

/// <summary>Computes nodes whose inputs are all constants, as exporters write them for shapes and masks.</summary>
internal sealed partial class ConstantFolder(FoldingBudget budget)
{
    private static readonly HashSet<string> Unary = new(StringComparer.Ordinal)
    {
        "Abs", "Ceil", "Cos", "Erf", "Exp", "Floor", "Log", "Neg", "Not", "Reciprocal", "Relu", "Round", "Sigmoid", "Sign", "Sin", "Sqrt", "Tanh",
    };

    private static readonly HashSet<string> Binary = new(StringComparer.Ordinal)
    {
        "Add", "And", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Min", "Mod", "Mul", "Or", "Pow", "Sub", "Xor",
    };

    /// <summary>The outputs of a node, or null if its operator is not among those that are computed.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs; null where an optional one is left out.</param>
    /// <exception cref="ModelFaultException">The node is not as the operator's definition says.</exception>
    public Tensor[]? Fold(GraphNode node, Tensor?[] inputs)
    {
        try
        {
            return One(node, inputs) is { } one ? [one] : node.Operator == "Split" ? Split(node, inputs) : null;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or NullReferenceException or OverflowException or DivideByZeroException or ArgumentException)
        {
            throw new ModelFaultException($"its constant inputs do not fit the operator ({e.Message})");
        }
    }

    private Tensor? One(GraphNode node, Tensor?[] inputs)
    {
        var first = inputs.Length > 0 ? inputs[0] : null;
        switch (node.Operator)
        {
            case "Identity":
            case "Dropout":
                return first;
            case "Shape":
                return Shape(node, first!);
            case "Size":
                return Tensor.Of([(long)first!.Length]);
            case "ConstantOfShape":
                return null;
            case "Cast":
            case "CastLike":
                return Cast(node.Operator == "Cast" ? node.Integer("to", 1) : inputs[1]!.Floats is null ? 7 : 1, first!);
            case "Reshape":
                return first!.Reshaped(ShapeRules.Reshape(first.Shape, inputs[1]!.AsIntegers(), node.Integer("allowzero", 0) != 0));
            case "Flatten":
                return first!.Reshaped(ShapeRules.Flatten(first.Shape, node.Integer("axis", 1)));
            case "Squeeze":
                return first!.Reshaped(ShapeRules.Squeeze(first.Shape, Axes(node, inputs, 1)));
            case "Unsqueeze":
                return first!.Reshaped(ShapeRules.Unsqueeze(first.Shape, Axes(node, inputs, 1)!));
            case "Transpose":
                return Transpose(first!, ShapeRules.Permutation(node.Integers("perm"), first!.Shape.Length));
            case "Concat":
                return Concat(inputs, node.Integer("axis", 1));
            case "Gather":
                return Gather(first!, inputs[1]!, node.Integer("axis", 0));
            case "Slice":
                return Slice(node, inputs);
            case "Expand":
                return Broadcast(first!, Indexing.Broadcast(first!.Shape, ShapeRules.Sizes(inputs[1]!.AsIntegers())));
            case "Tile":
                return Tile(first!, inputs[1]!.AsIntegers());
            case "Range":
                return Range(inputs);
            case "Where":
                return Where(inputs);
            case "Clip":
                return Clip(node, inputs);
            case "MatMul":
                return MatMul(first!, inputs[1]!);
            case "ReduceSum" or "ReduceMean" or "ReduceMax" or "ReduceMin" or "ReduceProd":
                return Reduce(node, inputs);
            default:
                return Unary.Contains(node.Operator) ? OfOne(node.Operator, first!)
                    : Binary.Contains(node.Operator) ? inputs.Skip(1).Aggregate(first!, (a, b) => OfTwo(node.Operator, a, b!))
                    : null;
        }
    }

    /// <summary>Axes are an attribute of older versions of an operator, and an input of newer ones.</summary>
    public static long[]? Axes(GraphNode node, Tensor?[] inputs, int input) => inputs.Length > input && inputs[input] is { } axes ? axes.AsIntegers() : node.Integers("axes");

    private static Tensor Shape(GraphNode node, Tensor input)
    {
        var shape = ShapeRules.ShapeSlice(input.Shape, node.Integer("start", 0), node.Integer("end", long.MaxValue));
        return Tensor.Of(shape, shape.Length);
    }

    public static Tensor Cast(long to, Tensor input) => to switch
    {
        1 or 10 or 11 or 16 => Tensor.Of(input.AsFloats(), input.Shape),
        9 => Tensor.OfBooleans([.. input.AsFloats().Select(value => value != 0 ? 1L : 0L)], input.Shape),
        2 or 3 or 4 or 5 or 6 or 7 or 12 or 13 => Tensor.Of(input.AsIntegers(), input.Shape),
        _ => throw new ModelFaultException($"it casts to the type {to}, which is not supported"),
    };

    private Tensor Picked(Tensor input, int[] shape, Func<int[]> places)
    {
        budget.Spend(shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue)));
        return input.Picked(places(), shape);
    }

    private Tensor Broadcast(Tensor input, int[] shape) => Picked(input, shape, () => Indexing.BroadcastPlaces(input.Shape, shape));

    private Tensor Transpose(Tensor input, int[] order)
    {
        var (shape, strides) = (order.Select(axis => input.Shape[axis]).ToArray(), Indexing.Strides(input.Shape));
        return Picked(input, shape, () => Indexing.Places(shape, [.. order.Select(axis => strides[axis])], 0));
    }

    private Tensor Concat(Tensor?[] inputs, long axisArgument)
    {
        var parts = inputs.Select(part => part!).ToArray();
        var axis = Indexing.Axis(axisArgument, parts[0].Shape.Length);
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        var (before, after) = (Indexing.Length(shape[..axis]), Indexing.Length(shape[(axis + 1)..]));
        budget.Spend(Indexing.Length(shape));
        // All parts as one array, of which elements are picked part by part.
        var all = parts.All(part => part.Integers is not null)
            ? Tensor.Of([.. parts.SelectMany(part => part.Integers!)], Indexing.Length(shape))
            : Tensor.Of([.. parts.SelectMany(part => part.AsFloats())], Indexing.Length(shape));
        var places = new List<int>(all.Length);
        for (var row = 0; row < before; row++)
        {
            var start = 0;
            foreach (var part in parts)
            {
                var run = part.Shape[axis] * after;
                places.AddRange(Enumerable.Range(start + (row * run), run));
                start += part.Length;
            }
        }

        return all.Picked([.. places], shape);
    }

    private Tensor Gather(Tensor input, Tensor indices, long axisArgument)
    {
        var axis = Indexing.Axis(axisArgument, input.Shape.Length);
        var picked = indices.AsIntegers().Select(index => Indexing.Axis(index, input.Shape[axis])).ToArray();
        int[] shape = [.. input.Shape[..axis], .. indices.Shape, .. input.Shape[(axis + 1)..]];
        var (before, after) = (Indexing.Length(input.Shape[..axis]), Indexing.Length(input.Shape[(axis + 1)..]));
        return Picked(input, shape, () =>
            [.. Enumerable.Range(0, before).SelectMany(row => picked.SelectMany(index => Enumerable.Range(((row * input.Shape[axis]) + index) * after, after)))]);
    }

    private Tensor Slice(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var slices = ShapeRules.Slices(node, input.Shape, inputs);
        var strides = Indexing.Strides(input.Shape);
        var first = slices.Select((slice, axis) => slice.Start * strides[axis]).Sum();
        int[] shape = [.. slices.Select(slice => slice.Count)];
        return Picked(input, shape, () => Indexing.Places(shape, [.. slices.Select((slice, axis) => slice.Step * strides[axis])], first));
    }

    private Tensor[] Split(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var axis = Indexing.Axis(node.Integer("axis", 0), input.Shape.Length);
        var strides = Indexing.Strides(input.Shape);
        var start = 0;
        return [.. ShapeRules.Split(node, input.Shape[axis], inputs).Select(size =>
        {
            int[] shape = [.. input.Shape];
            shape[axis] = size;
            var first = start * strides[axis];
            start += size;
            return Picked(input, shape, () => Indexing.Places(shape, strides, first));
        })];
    }

    private Tensor Tile(Tensor input, long[] repeats)
    {
        int[] shape = [.. input.Shape.Select((size, axis) => checked((int)(size * repeats[axis])))];
        var strides = Indexing.Strides(input.Shape);
        return Picked(input, shape, () =>
        {
            var own = Indexing.Strides(shape);
            return [.. Enumerable.Range(0, Indexing.Length(shape)).Select(place => input.Shape.Select((size, axis) => place / own[axis] % shape[axis] % size * strides[axis]).Sum())];
        });
    }

    private Tensor Range(Tensor?[] inputs)
    {
        var (start, limit, step) = (inputs[0]!.AsFloats()[0], inputs[1]!.AsFloats()[0], inputs[2]!.AsFloats()[0]);
        var count = (int)Math.Max(Math.Ceiling((limit - (double)start) / step), 0);
        budget.Spend(count);
        return inputs[0]!.Integers is { } whole
            ? Tensor.Of([.. Enumerable.Range(0, count).Select(index => whole[0] + (index * (long)step))], count)
            : Tensor.Of([.. Enumerable.Range(0, count).Select(index => start + (index * step))], count);
    }
}
