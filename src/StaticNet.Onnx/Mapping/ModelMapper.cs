using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Folding;
using StaticNet.Onnx.Reading;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Mapping;

/// <summary>Goes through the nodes of a model and makes layers of them. Nodes of constants are computed, and shapes are known everywhere.</summary>
internal sealed partial class ModelMapper
{
    private const int MaxDepth = 32;

    private readonly Dictionary<string, Func<GraphNode, Value?[], Value[]>> _operators;

    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    private readonly Dictionary<string, GraphNode> _makers = new(StringComparer.Ordinal);

    private Dictionary<string, Value> _values = [];

    private readonly LayerBuilder _build = new();

    private readonly ConstantFolder _folder;

    private readonly FoldingBudget _budget;

    private readonly TensorReader _tensors;

    private readonly OnnxImportOptions _options;

    private readonly int _opset;

    private int _depth;

    public ModelMapper(TensorReader tensors, FoldingBudget budget, OnnxImportOptions options, int opset)
    {
        (_tensors, _budget, _folder, _options, _opset) = (tensors, budget, new ConstantFolder(budget), options, opset);
        _operators = new(StringComparer.Ordinal);
        AddElements();
        AddShapes();
        AddResizing();
        AddProducts();
        AddWindows();
        AddNormalizations();
        AddReductions();
        AddRecurrent();
    }

    /// <summary>The layer whose output is a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isChannelsLast">Whether the user's spans hold the last axis of the layer's shape first: the model's last axis is then the
    /// layer's first.</param>
    public LayerNode OutputOf(Value value, bool isChannelsLast)
    {
        var layer = Layer(value);
        if (!isChannelsLast)
            return layer;
        int[] shape = [.. value.Shape.Where(size => size > 1)];
        return shape.Length switch
        {
            <= 1 => _build.View(layer, layer.Length),
            2 => _build.Permute(layer, shape, [1, 0]),
            _ => _build.Permute(layer, [Indexing.Length(shape[..^2]), .. shape[^2..]], [2, 0, 1]),
        };
    }

    /// <summary>The names of the operators that become layers.</summary>
    public IEnumerable<string> Operators => _operators.Keys.Order(StringComparer.Ordinal);

    /// <summary>The values of a graph's names.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The names that are known: inputs, and those of the graphs around it. The graph's own are added.</param>
    /// <param name="outputs">The names that are read from outside.</param>
    public void Map(GraphProto graph, Dictionary<string, Value> values, IEnumerable<string> outputs)
    {
        if (++_depth > MaxDepth)
            throw new ModelFaultException("its graphs are nested too deeply");
        var outer = _values;
        _values = values;
        ReadConstants(graph, values);
        var nodes = InOrder(Alive([.. graph.Node.Select(node => new GraphNode(node, _opset))], outputs), values.Keys);
        foreach (var name in nodes.SelectMany(node => node.Operator is "Shape" or "Size" ? [] : node.Inputs).Concat(outputs))
            _uses[name] = _uses.GetValueOrDefault(name) + 1;
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
                _makers[output] = node;
            var results = Map(node, values);
            for (var index = 0; index < node.Outputs.Count; index++)
            {
                if (node.Outputs[index].Length > 0)
                    values[node.Outputs[index]] = index < results.Length ? Settled(node.Outputs[index], results[index]) : Broken(node, [], $"its output {index + 1} is not supported", "Choose other outputs with --output");
            }
        }

        _values = outer;
        _depth--;
    }

    private void ReadConstants(GraphProto graph, Dictionary<string, Value> values)
    {
        foreach (var tensor in graph.Initializer.Where(tensor => !values.ContainsKey(tensor.Name)))
        {
            try
            {
                values[tensor.Name] = Value.Of(_tensors.Read(tensor));
            }
            catch (ModelFaultException e)
            {
                values[tensor.Name] = Value.Broken([new ImportProblem($"the constant '{tensor.Name}'", "its data", e.Message, e.Remedy ?? "Export the model again")], isRandom: false);
            }
        }

        foreach (var sparse in graph.SparseInitializer.Where(sparse => sparse.Values is not null))
            values[sparse.Values.Name] = Value.Broken([new ImportProblem($"the constant '{sparse.Values.Name}'", "a sparse tensor", "sparse tensors are not supported", "Store it as a dense tensor")], isRandom: false);
    }

    /// <summary>The nodes that outputs depend on.</summary>
    public static List<GraphNode> Alive(List<GraphNode> nodes, IEnumerable<string> outputs)
    {
        var makers = new Dictionary<string, GraphNode>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs)
                makers.TryAdd(output, node);
        }

        var (alive, open) = (new HashSet<GraphNode>(), new Stack<string>(outputs));
        while (open.TryPop(out var name))
        {
            if (name.Length == 0 || !makers.TryGetValue(name, out var node) || !alive.Add(node))
                continue;
            foreach (var input in node.Inputs.Concat(node.Graphs.SelectMany(NamesIn)))
                open.Push(input);
        }

        return [.. nodes.Where(alive.Contains)];
    }

    /// <summary>The names that graphs inside a node may take from the graph around them.</summary>
    private static IEnumerable<string> NamesIn(GraphProto graph) =>
        graph.Node.SelectMany(node => node.Input.Concat(node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => NamesIn(attribute.G)))).Concat(graph.Output.Select(output => output.Name));

    /// <summary>Nodes after those whose outputs they take; as the format wants them, but not every file has them.</summary>
    public static List<GraphNode> InOrder(List<GraphNode> nodes, IEnumerable<string> known)
    {
        var made = new HashSet<string>(known, StringComparer.Ordinal) { "" };
        var all = nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        var (order, left) = (new List<GraphNode>(nodes.Count), nodes);
        while (left.Count > 0)
        {
            var later = new List<GraphNode>();
            foreach (var node in left)
            {
                if (node.Inputs.Concat(node.Graphs.SelectMany(NamesIn)).All(input => made.Contains(input) || !all.Contains(input)))
                {
                    order.Add(node);
                    made.UnionWith(node.Outputs);
                }
                else
                {
                    later.Add(node);
                }
            }

            if (later.Count == left.Count)
                return [.. order, .. later];
            left = later;
        }

        return order;
    }

    private Value[] Map(GraphNode node, Dictionary<string, Value> values)
    {
        var inputs = node.Inputs.Select(name => name.Length == 0 ? null
            : values.TryGetValue(name, out var value) ? value.ReadBy(value.IsExclusive && _uses.GetValueOrDefault(name) == 1)
            : Broken(node, [], $"its input '{name}' does not exist", "Check the model with onnx.checker")).ToArray();
        try
        {
            return Mapped(node, inputs, values);
        }
        catch (ModelFaultException e)
        {
            return AllBroken(node, Broken(node, inputs, e.Message, e.Remedy));
        }
    }

    private Value[] Mapped(GraphNode node, Value?[] inputs, Dictionary<string, Value> values)
    {
        if (node.Operator == "Constant")
            return [ConstantOf(node)];
        if (node.Operator.StartsWith("Random", StringComparison.Ordinal) || node.Operator is "Multinomial" or "Bernoulli")
            return AllBroken(node, Value.Broken([ProblemOf(node, inputs, "random numbers are not part of a network", "Choose an output that does not depend on them with --output")], isRandom: true));
        if (inputs.Where(input => input is { IsBroken: true }).ToArray() is { Length: > 0 } broken)
            return AllBroken(node, Value.Broken(broken.SelectMany(input => input!.Problems), broken.Any(input => input!.IsRandom)));
        if (node.Operator == "If")
            return Branch(node, inputs, values);
        if (node.Operator == "Shape" && inputs is [{ } shaped])
            return [Value.Of(_folder.Fold(node, [Tensor.Of(Array.Empty<float>(), shaped.Shape)])![0])];
        if (node.Operator == "Size" && inputs is [{ } sized])
            return [Value.Of(Tensor.Of([(long)Indexing.Length(sized.Shape)]))];
        if (node.Operator == "ConstantOfShape" && inputs is [{ Constant: { } sizes }])
            return [Value.Of(Filled(node, ShapeRules.Sizes(sizes.AsIntegers())))];
        if (inputs.All(input => input?.Constant is not null || input is null) && _folder.Fold(node, [.. inputs.Select(input => input?.Constant)]) is { } constants)
            return [.. constants.Select(Value.Of)];
        if (!_operators.TryGetValue(node.Operator, out var map))
            throw new ModelFaultException("there is no layer for this operator", "Choose outputs that do not depend on it with --output, or export the model without it");
        if (inputs.All(input => input?.Constant is not null || input is null))
            throw new ModelFaultException("it computes constants in a way that is not supported", "Simplify the model first, for example with onnxsim");
        if (inputs.Any(input => input is not null && Indexing.Length(input.Shape) == 0 && input.Constant is null))
            throw new ModelFaultException("an input has no elements");
        try
        {
            return map(node, inputs);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or NullReferenceException or OverflowException or DivideByZeroException or ArgumentException or InvalidOperationException)
        {
            throw new ModelFaultException($"its inputs or attributes are not as the operator's definition says ({e.Message})", "Check the model with onnx.checker");
        }
    }

    /// <summary>A function of a layer's elements becomes a layer where it is read more than once.</summary>
    private Value Settled(string name, Value value)
    {
        var isOnly = _uses.GetValueOrDefault(name) <= 1;
        var settled = value.Layer is not null && value.Function != Expression.X && (!isOnly || value.Function.Size > 24) ? Value.Of(Layer(value), value.Shape) : value;
        return settled.ReadBy(isOnly);
    }

    private Value[] Branch(GraphNode node, Value?[] inputs, Dictionary<string, Value> values)
    {
        if (inputs is not [{ Constant: { Length: 1 } condition }])
            throw new ModelFaultException("its condition is not a constant", "Set what it depends on with --input NAME=NUMBER");
        var branch = node.Graph(condition.AsIntegers()[0] != 0 ? "then_branch" : "else_branch") ?? throw new ModelFaultException("it has no such branch");
        var inner = new Dictionary<string, Value>(values, StringComparer.Ordinal);
        foreach (var own in branch.Initializer.Select(tensor => tensor.Name).Concat(branch.Node.SelectMany(made => made.Output)))
            inner.Remove(own);
        var outputs = branch.Output.Select(output => output.Name).ToArray();
        Map(branch, inner, outputs);
        return [.. outputs.Select(name => inner.TryGetValue(name, out var value) ? value : Broken(node, inputs, $"its branch has no '{name}'", null))];
    }

    private Value ConstantOf(GraphNode node)
    {
        if (node.Tensor("value") is { } tensor)
            return Value.Of(_tensors.Read(tensor));
        if (node.Has("value_float"))
            return Value.Of(Tensor.Of([node.Single("value_float", 0)]));
        if (node.Has("value_int"))
            return Value.Of(Tensor.Of([node.Integer("value_int", 0)]));
        if (node.Singles("value_floats") is { } floats)
            return Value.Of(Tensor.Of(floats, floats.Length));
        if (node.Integers("value_ints") is { } integers)
            return Value.Of(Tensor.Of(integers, integers.Length));
        throw new ModelFaultException("its value is a text or a sparse tensor, which is not supported");
    }

    private Tensor Filled(GraphNode node, int[] shape)
    {
        _budget.Spend(shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue)));
        var value = node.Tensor("value") is { } tensor ? _tensors.Read(tensor) : Tensor.Of([0f], 1);
        var places = new int[Indexing.Length(shape)];
        return value.Length == 1 ? value.Picked(places, shape) : throw new ModelFaultException("its value is not a single number");
    }

    private static Value[] AllBroken(GraphNode node, Value value) => [.. Enumerable.Repeat(value, Math.Max(node.Outputs.Count, 1))];

    private static Value Broken(GraphNode node, Value?[] inputs, string why, string? remedy) => Value.Broken([ProblemOf(node, inputs, why, remedy)], isRandom: false);

    private static ImportProblem ProblemOf(GraphNode node, Value?[] inputs, string why, string? remedy)
    {
        var shapes = string.Join(" and ", inputs.Where(input => input is { IsBroken: false, Constant: null }).Select(input => Indexing.Text(input!.Shape)));
        var type = node.Operator.Length > 0 ? node.Operator : "an operator without a name";
        return new($"the node '{node.Name}'", shapes.Length == 0 ? type : $"{type} of {shapes}", why, remedy ?? "Choose outputs that do not depend on it with --output, or export the model without it");
    }

    /// <summary>The layer whose elements are the value's.</summary>
    private LayerNode Layer(Value value)
    {
        var layer = value.Layer ?? throw new ModelFaultException("a constant is in a place where only a computed value is supported");
        if (ActivationFinder.Find(value.Function) is not { } attribute)
            return layer;
        var key = (layer, value.Function.Text);
        if (!_functions.TryGetValue(key, out var made))
            _functions.Add(key, made = LayerBuilder.Layer(attribute, layer, [.. layer.Shape]));
        return made;
    }

    private readonly Dictionary<(LayerNode Layer, string Function), LayerNode> _functions = [];

    private void Add(string name, Func<GraphNode, Value?[], Value> map) => _operators.Add(name, (node, inputs) => [map(node, inputs)]);

    /// <summary>An input that must be a constant.</summary>
    private static Tensor Constant(Value?[] inputs, int index, string what) => inputs.Length > index && inputs[index] is { } input
        ? input.Constant ?? throw new ModelFaultException($"its {what} is not a constant", "Weights that are computed cannot become parameters")
        : throw new ModelFaultException($"it has no {what}");

    /// <summary>An optional input that must be a constant.</summary>
    private static Tensor? Optional(Value?[] inputs, int index, string what) => inputs.Length > index && inputs[index] is not null ? Constant(inputs, index, what) : null;

    private static bool Has(Value?[] inputs, int index) => inputs.Length > index && inputs[index] is not null;
}
