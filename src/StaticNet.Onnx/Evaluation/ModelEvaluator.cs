using StaticNet.Onnx.Folding;
using StaticNet.Onnx.Mapping;
using StaticNet.Onnx.Reading;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Evaluation;

/// <summary>
/// Computes a model node by node as the operators are defined, with sums in double precision. It knows nothing of layers, so it can tell
/// whether they were chosen rightly. It is slow.
/// </summary>
internal sealed partial class ModelEvaluator
{
    private readonly ConstantFolder _folder = new(new FoldingBudget(long.MaxValue / 4));

    private readonly Dictionary<string, Func<GraphNode, Tensor?[], Tensor[]>> _operators;

    private readonly TensorReader _tensors;

    private readonly int _opset;

    public ModelEvaluator(TensorReader tensors, int opset)
    {
        (_tensors, _opset) = (tensors, opset);
        _operators = new(StringComparer.Ordinal)
        {
            ["ArgMax"] = (node, inputs) => [ArgMax(node, inputs[0]!, 1)],
            ["ArgMin"] = (node, inputs) => [ArgMax(node, inputs[0]!, -1)],
            ["AveragePool"] = (node, inputs) => [Pool(node, inputs[0]!)],
            ["BatchNormalization"] = (node, inputs) => [BatchNorm(node, inputs)],
            ["Constant"] = (node, _) => [ConstantOf(node)],
            ["ConstantOfShape"] = (node, inputs) => [Filled(node, inputs[0]!)],
            ["Conv"] = (node, inputs) => [Convolution(node, inputs)],
            ["ConvTranspose"] = (node, inputs) => [TransposedConvolution(node, inputs)],
            ["CumSum"] = (node, inputs) => [CumulativeSum(node, inputs)],
            ["Elu"] = (node, inputs) => [Each(inputs[0]!, x => x > 0 ? x : node.Single("alpha", 1) * (Math.Exp(x) - 1))],
            ["Gemm"] = (node, inputs) => [Gemm(node, inputs)],
            ["Gelu"] = (node, inputs) => [Each(inputs[0]!, x => 0.5 * x * (1 + (node.Text("approximate", "none") == "tanh" ? Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))) : ErrorFunction.Of(x / Math.Sqrt(2)))))],
            ["GlobalAveragePool"] = (_, inputs) => [GlobalPool(inputs[0]!, row => row.Average(value => (double)value))],
            ["GlobalMaxPool"] = (_, inputs) => [GlobalPool(inputs[0]!, row => row.Max())],
            ["GRU"] = Recurrent,
            ["HardSigmoid"] = (node, inputs) => [Each(inputs[0]!, x => Math.Clamp((node.Single("alpha", 0.2f) * x) + node.Single("beta", 0.5f), 0, 1))],
            ["HardSwish"] = (_, inputs) => [Each(inputs[0]!, x => x * Math.Clamp((x / 6) + 0.5, 0, 1))],
            ["InstanceNormalization"] = (node, inputs) => [InstanceNorm(node, inputs)],
            ["LayerNormalization"] = (node, inputs) => [LayerNorm(node, inputs)],
            ["LeakyRelu"] = (node, inputs) => [Each(inputs[0]!, x => x > 0 ? x : node.Single("alpha", 0.01f) * x)],
            ["LogSoftmax"] = (node, inputs) => [Softmax(node, inputs[0]!, isLog: true)],
            ["LSTM"] = Recurrent,
            ["MatMul"] = (_, inputs) => [MatMul(inputs[0]!, inputs[1]!)],
            ["MaxPool"] = (node, inputs) => [Pool(node, inputs[0]!)],
            ["Pad"] = (node, inputs) => [Pad(node, inputs)],
            ["PRelu"] = (_, inputs) => [PRelu(inputs[0]!, inputs[1]!)],
            ["RNN"] = Recurrent,
            ["Selu"] = (node, inputs) => [Each(inputs[0]!, x => node.Single("gamma", 1.0507010f) * (x > 0 ? x : node.Single("alpha", 1.6732632f) * (Math.Exp(x) - 1)))],
            ["Softmax"] = (node, inputs) => [Softmax(node, inputs[0]!, isLog: false)],
            ["Softplus"] = (_, inputs) => [Each(inputs[0]!, x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))))],
            ["Softsign"] = (_, inputs) => [Each(inputs[0]!, x => x / (1 + Math.Abs(x)))],
        };
    }

    /// <summary>The values of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The inputs; all other values are added.</param>
    /// <param name="outputs">The values that are wanted.</param>
    /// <exception cref="ModelFaultException">An operator is not computed here.</exception>
    public void Run(GraphProto graph, Dictionary<string, Tensor> values, IEnumerable<string> outputs)
    {
        foreach (var tensor in graph.Initializer)
            values.TryAdd(tensor.Name, _tensors.Read(tensor));
        foreach (var node in ModelMapper.InOrder(ModelMapper.Alive([.. graph.Node.Select(node => new GraphNode(node, _opset))], outputs), values.Keys))
        {
            var results = Compute(node, [.. node.Inputs.Select(name => name.Length == 0 ? null : values[name])], values);
            for (var index = 0; index < Math.Min(results.Length, node.Outputs.Count); index++)
                values[node.Outputs[index]] = results[index];
        }
    }

    private Tensor[] Compute(GraphNode node, Tensor?[] inputs, Dictionary<string, Tensor> values)
    {
        if (node.Operator == "If")
        {
            var branch = node.Graph(inputs[0]!.AsIntegers()[0] != 0 ? "then_branch" : "else_branch")!;
            var inner = new Dictionary<string, Tensor>(values, StringComparer.Ordinal);
            Run(branch, inner, [.. branch.Output.Select(output => output.Name)]);
            return [.. branch.Output.Select(output => inner[output.Name])];
        }

        return _operators.TryGetValue(node.Operator, out var compute) ? compute(node, inputs)
            : _folder.Fold(node, inputs) ?? throw new ModelFaultException($"the operator {node.Operator} is not among those that are computed for golden vectors");
    }

    private Tensor ConstantOf(GraphNode node) => node.Tensor("value") is { } tensor ? _tensors.Read(tensor)
        : node.Has("value_float") ? Tensor.Of([node.Single("value_float", 0)])
        : node.Has("value_int") ? Tensor.Of([node.Integer("value_int", 0)])
        : node.Singles("value_floats") is { } floats ? Tensor.Of(floats, floats.Length)
        : node.Integers("value_ints") is { } integers ? Tensor.Of(integers, integers.Length)
        : throw new ModelFaultException("a constant is a text");

    private Tensor Filled(GraphNode node, Tensor sizes)
    {
        var shape = ShapeRules.Sizes(sizes.AsIntegers());
        return (node.Tensor("value") is { } tensor ? _tensors.Read(tensor) : Tensor.Of([0f], 1)).Picked(new int[Indexing.Length(shape)], shape);
    }

    private static Tensor Each(Tensor input, Func<double, double> function) => Tensor.Of([.. input.AsFloats().Select(x => (float)function(x))], input.Shape);

    private Tensor Gemm(GraphNode node, Tensor?[] inputs)
    {
        var a = node.Integer("transA", 0) != 0 ? ModelMapper.Turned(inputs[0]!) : inputs[0]!;
        var b = node.Integer("transB", 0) != 0 ? ModelMapper.Turned(inputs[1]!) : inputs[1]!;
        var product = Each(MatMul(a, b), x => x * node.Single("alpha", 1));
        return inputs.Length > 2 && inputs[2] is { } c ? _folder.OfTwo("Add", product, Each(c, x => x * node.Single("beta", 1))) : product;
    }

    private static Tensor MatMul(Tensor a, Tensor b)
    {
        int[] left = a.Shape.Length == 1 ? [1, .. a.Shape] : a.Shape;
        int[] right = b.Shape.Length == 1 ? [.. b.Shape, 1] : b.Shape;
        var batch = Indexing.Broadcast(left[..^2], right[..^2]);
        var (rows, inner, columns) = (left[^2], left[^1], right[^1]);
        var (x, y) = (a.AsFloats(), b.AsFloats());
        var (starts, others) = (Indexing.BroadcastPlaces(left[..^2], batch), Indexing.BroadcastPlaces(right[..^2], batch));
        var result = new float[starts.Length * rows * columns];
        for (var place = 0; place < result.Length; place++)
        {
            var (matrix, row, column) = (place / columns / rows, place / columns % rows, place % columns);
            var sum = 0d;
            for (var index = 0; index < inner; index++)
                sum += (double)x[(((starts[matrix] * rows) + row) * inner) + index] * y[(((others[matrix] * inner) + index) * columns) + column];
            result[place] = (float)sum;
        }

        return Tensor.Of(result, [.. batch, .. a.Shape.Length == 1 ? Array.Empty<int>() : [rows], .. b.Shape.Length == 1 ? Array.Empty<int>() : [columns]]);
    }

    private static Tensor CumulativeSum(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var axis = Indexing.Axis(inputs[1]!.AsIntegers()[0], input.Shape.Length);
        var (size, after) = (input.Shape[axis], Indexing.Length(input.Shape[(axis + 1)..]));
        var (isExclusive, isReverse, values) = (node.Integer("exclusive", 0) != 0, node.Integer("reverse", 0) != 0, input.AsFloats());
        return Tensor.Of([.. values.Select((_, place) =>
        {
            var (index, first) = (place / after % size, place - (place / after % size * after));
            return (float)Enumerable.Range(0, size).Where(other => (isReverse ? other >= index : other <= index) && !(isExclusive && other == index)).Sum(other => (double)values[first + (other * after)]);
        })], input.Shape);
    }

    private static Tensor ArgMax(GraphNode node, Tensor input, int sign)
    {
        var axis = Indexing.Axis(node.Integer("axis", 0), input.Shape.Length);
        var (before, size, after) = (Indexing.Length(input.Shape[..axis]), input.Shape[axis], Indexing.Length(input.Shape[(axis + 1)..]));
        var values = input.AsFloats();
        long[] places = [.. Enumerable.Range(0, before * after).Select(place => (long)Enumerable.Range(0, size).MaxBy(index => sign * values[(((place / after * size) + index) * after) + (place % after)]))];
        return Tensor.Of(places, ShapeRules.Reduced(input.Shape, [axis], node.Integer("keepdims", 1) != 0));
    }

    private Tensor PRelu(Tensor input, Tensor slope)
    {
        var all = _folder.OfTwo("Mul", input, slope).AsFloats();
        return Tensor.Of([.. input.AsFloats().Select((x, index) => x > 0 ? x : all[index])], input.Shape);
    }

    private static Tensor Softmax(GraphNode node, Tensor input, bool isLog)
    {
        var axis = Indexing.Axis(node.Integer("axis", node.Opset < 13 ? 1 : -1), input.Shape.Length);
        var (before, size, after) = node.Opset < 13
            ? (Indexing.Length(input.Shape[..axis]), Indexing.Length(input.Shape[axis..]), 1)
            : (Indexing.Length(input.Shape[..axis]), input.Shape[axis], Indexing.Length(input.Shape[(axis + 1)..]));
        var (values, result) = (input.AsFloats(), new float[input.Length]);
        for (var row = 0; row < before * after; row++)
        {
            int[] places = [.. Enumerable.Range(0, size).Select(index => (((row / after * size) + index) * after) + (row % after))];
            var most = places.Max(place => values[place]);
            var sum = places.Sum(place => Math.Exp((double)values[place] - most));
            foreach (var place in places)
                result[place] = (float)(isLog ? (double)values[place] - most - Math.Log(sum) : Math.Exp((double)values[place] - most) / sum);
        }

        return Tensor.Of(result, input.Shape);
    }
}
