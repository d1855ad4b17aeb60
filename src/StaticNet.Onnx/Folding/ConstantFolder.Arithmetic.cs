using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Folding;

/// <summary>Arithmetic on constants.</summary>
internal sealed partial class ConstantFolder
{
    private static readonly HashSet<string> Comparisons = new(StringComparer.Ordinal) { "And", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Or", "Xor" };

    private static Tensor OfOne(string function, Tensor input)
    {
        if (input.Integers is { } integers && function is "Abs" or "Neg" or "Not" or "Sign" or "Relu")
        {
            long[] results = [.. input.Integers!.Select(x => function switch { "Abs" => Math.Abs(x), "Neg" => -x, "Not" => x == 0 ? 1 : 0, "Sign" => Math.Sign(x), _ => Math.Max(x, 0) })];
            return function == "Not" ? Tensor.OfBooleans(results, input.Shape) : Tensor.Of(results, input.Shape);
        }

        return Tensor.Of([.. input.AsFloats().Select(x => (float)Function(function, x))], input.Shape);
    }

    private static double Function(string function, double x) => function switch
    {
        "Abs" => Math.Abs(x),
        "Ceil" => Math.Ceiling(x),
        "Cos" => Math.Cos(x),
        "Erf" => ErrorFunction.Of(x),
        "Exp" => Math.Exp(x),
        "Floor" => Math.Floor(x),
        "Log" => Math.Log(x),
        "Neg" => -x,
        "Not" => x == 0 ? 1 : 0,
        "Reciprocal" => 1 / x,
        "Relu" => Math.Max(x, 0),
        "Round" => Math.Round(x, MidpointRounding.ToEven),
        "Sigmoid" => 1 / (1 + Math.Exp(-x)),
        "Sign" => double.IsNaN(x) ? x : Math.Sign(x),
        "Sin" => Math.Sin(x),
        "Sqrt" => Math.Sqrt(x),
        _ => Math.Tanh(x),
    };

    public Tensor OfTwo(string function, Tensor a, Tensor b)
    {
        var shape = Indexing.Broadcast(a.Shape, b.Shape);
        var (x, y) = (Broadcast(a, shape), Broadcast(b, shape));
        if (Comparisons.Contains(function))
        {
            return x.Integers is { } p && y.Integers is { } q
                ? Tensor.OfBooleans([.. p.Zip(q, (left, right) => Compare(function, left.CompareTo(right), left != 0, right != 0) ? 1L : 0L)], shape)
                : Tensor.OfBooleans([.. x.AsFloats().Zip(y.AsFloats(), (left, right) =>
                    !float.IsNaN(left) && !float.IsNaN(right) && Compare(function, left.CompareTo(right), left != 0, right != 0) ? 1L : 0L)], shape);
        }

        if (x.Integers is { } m && y.Integers is { } n)
            return Tensor.Of([.. m.Zip(n, (left, right) => OfIntegers(function, left, right))], shape);
        return Tensor.Of([.. x.AsFloats().Zip(y.AsFloats(), (left, right) => OfFloats(function, left, right))], shape);
    }

    private static bool Compare(string function, int order, bool left, bool right) => function switch
    {
        "Equal" => order == 0,
        "Greater" => order > 0,
        "GreaterOrEqual" => order >= 0,
        "Less" => order < 0,
        "LessOrEqual" => order <= 0,
        "And" => left && right,
        "Or" => left || right,
        _ => left != right,
    };

    private static long OfIntegers(string function, long x, long y) => function switch
    {
        "Add" => x + y,
        "Sub" => x - y,
        "Mul" => x * y,
        "Div" => y == -1 ? -x : x / y,
        "Max" => Math.Max(x, y),
        "Min" => Math.Min(x, y),
        "Mod" => y == -1 ? 0 : ((x % y) + y) % y,
        _ => (long)Math.Pow(x, y),
    };

    private static float OfFloats(string function, float x, float y) => function switch
    {
        "Add" => x + y,
        "Sub" => x - y,
        "Mul" => x * y,
        "Div" => x / y,
        "Max" => MathF.Max(x, y),
        "Min" => MathF.Min(x, y),
        "Mod" => x % y,
        _ => (float)Math.Pow(x, y),
    };

    private Tensor Where(Tensor?[] inputs)
    {
        var shape = Indexing.Broadcast(Indexing.Broadcast(inputs[0]!.Shape, inputs[1]!.Shape), inputs[2]!.Shape);
        var (condition, yes, no) = (Broadcast(inputs[0]!, shape).AsIntegers(), Broadcast(inputs[1]!, shape), Broadcast(inputs[2]!, shape));
        return yes.Integers is { } m && no.Integers is { } n
            ? Tensor.Of([.. condition.Select((is1, index) => is1 != 0 ? m[index] : n[index])], shape)
            : Tensor.Of([.. condition.Select((is1, index) => is1 != 0 ? yes.AsFloats()[index] : no.AsFloats()[index])], shape);
    }

    private static Tensor Clip(GraphNode node, Tensor?[] inputs)
    {
        var low = inputs.Length > 1 && inputs[1] is { } min ? min.AsFloats()[0] : node.Single("min", float.NegativeInfinity);
        var high = inputs.Length > 2 && inputs[2] is { } max ? max.AsFloats()[0] : node.Single("max", float.PositiveInfinity);
        return Tensor.Of([.. inputs[0]!.AsFloats().Select(x => MathF.Min(MathF.Max(x, low), high))], inputs[0]!.Shape);
    }

    private Tensor? MatMul(Tensor a, Tensor b)
    {
        if (a.Shape.Length != 2 || b.Shape.Length != 2 || a.Shape[1] != b.Shape[0])
            return null;
        var (rows, inner, columns) = (a.Shape[0], a.Shape[1], b.Shape[1]);
        budget.Spend((long)rows * columns * Math.Max(inner, 1) / 8);
        var (x, y, result) = (a.AsFloats(), b.AsFloats(), new float[rows * columns]);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = 0d;
                for (var index = 0; index < inner; index++)
                    sum += (double)x[(row * inner) + index] * y[(index * columns) + column];
                result[(row * columns) + column] = (float)sum;
            }
        }

        return Tensor.Of(result, rows, columns);
    }

    private Tensor Reduce(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var axes = ShapeRules.ReducedAxes(Axes(node, inputs, 1), input.Shape.Length, node.Integer("noop_with_empty_axes", 0) != 0);
        int[] order = [.. Enumerable.Range(0, input.Shape.Length).Except(axes), .. axes];
        var count = axes.Aggregate(1, (product, axis) => product * input.Shape[axis]);
        var rows = Transpose(input, order);
        var shape = ShapeRules.Reduced(input.Shape, axes, node.Integer("keepdims", 1) != 0);
        if (rows.Integers is { } whole && node.Operator != "ReduceMean")
        {
            return Tensor.Of([.. whole.Chunk(Math.Max(count, 1)).Select(row => node.Operator switch
            {
                "ReduceSum" => row.Sum(),
                "ReduceMax" => row.Max(),
                "ReduceMin" => row.Min(),
                _ => row.Aggregate(1L, (product, value) => product * value),
            })], shape);
        }

        return Tensor.Of([.. rows.AsFloats().Chunk(Math.Max(count, 1)).Select(row => node.Operator switch
        {
            "ReduceSum" => (float)row.Sum(value => (double)value),
            "ReduceMean" => (float)row.Average(value => (double)value),
            "ReduceMax" => row.Max(),
            "ReduceMin" => row.Min(),
            _ => row.Aggregate(1f, (product, value) => product * value),
        })], shape);
    }
}
