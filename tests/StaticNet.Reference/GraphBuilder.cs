using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <summary>Makes nodes of attributes.</summary>
/// <remarks>
/// Names: a layer without a <c>Name</c> is called after its kind and its number among the layers of that kind, from 1; those
/// with a <c>Name</c> count too. A block is a scope of its own: its layers are counted anew, its <c>"input"</c> is the
/// block's input, and its names carry the block's name in front.
/// </remarks>
internal sealed class GraphBuilder
{
    public List<Node> Nodes { get; } = [];

    public List<ReferenceParameter> Parameters { get; } = [];

    public List<ReferenceLoss> Losses { get; } = [];

    /// <summary>Builds the whole network and returns the node of its output.</summary>
    public int BuildNetwork(IReadOnlyList<Attribute> attributes)
    {
        var input = attributes.OfType<InputAttribute>().SingleOrDefault()
            ?? throw new ArgumentException("The network has no [Input].");
        Nodes.Add(new InputNode(input.Shape));
        var scope = new Scope("", 0, true);
        var output = BuildLayers(attributes, scope);

        var targetOffset = 0;
        foreach (var attribute in attributes.OfType<LossAttribute>())
        {
            var source = attribute.From is null ? output : scope.Find(attribute.From);
            var loss = new ReferenceLoss(attribute, source, Nodes[source].Shape, targetOffset);
            targetOffset += loss.TargetLength;
            Losses.Add(loss);
        }

        return output;
    }

    private int BuildLayers(IReadOnlyList<Attribute> attributes, Scope scope)
    {
        var above = scope.Input;
        foreach (var layer in attributes.OfType<LayerAttribute>())
        {
            var name = scope.NameOf(layer);
            var source = layer.From is null ? above : scope.Find(layer.From);
            above = BuildLayer(layer, scope, scope.Prefix + name, source);
            scope.Define(name, above);
        }

        return above;
    }

    private int BuildLayer(LayerAttribute layer, Scope scope, string name, int source)
    {
        var shape = Nodes[source].Shape;
        switch (layer)
        {
            case DenseAttribute dense:
                var trainable = scope.Trainable && dense.Trainable;
                var linear = Linear(dense, name, source, dense.Units, trainable);
                return Activate(name, linear, dense.Activation, dense.ActivationAlpha, dense.SharedSlope, trainable);
            case MaxoutAttribute maxout:
                var pieces = Linear(maxout, name, source, maxout.Pieces * maxout.Units, scope.Trainable && maxout.Trainable);
                return Append(new MaximumNode(name, pieces, Nodes[pieces].Shape, maxout.Pieces));
            case ActivationAttribute activation:
                var learned = scope.Trainable && activation.Trainable;
                return Activate(name, source, activation.Function, activation.Alpha, activation.SharedSlope, learned);
            case DropoutAttribute dropout:
                return Append(new DropoutNode(name, source, shape, dropout.Rate));
            case FlattenAttribute:
                return Append(new ReshapeNode(name, source, [Node.LengthOf(shape)]));
            case ReshapeAttribute reshape:
                return Append(new ReshapeNode(name, source, Inferred(reshape.Shape, Node.LengthOf(shape))));
            case AddAttribute add:
                return Append(new AddNode(name, SameShapes(scope, source, add.Inputs), shape));
            case MultiplyAttribute multiply:
                return Append(new MultiplyNode(name, SameShapes(scope, source, multiply.Inputs), shape));
            case ConcatAttribute concat:
                var sources = Joined(scope, source, concat.Inputs);
                var shapes = Array.ConvertAll(sources, index => Nodes[index].Shape);
                var axis = concat.Axis < 0 ? concat.Axis + shapes[0].Length : concat.Axis;
                return Append(new ConcatNode(name, sources, shapes, axis));
            case BlockAttribute block:
                var inner = new Scope(name + ".", source, scope.Trainable && block.Trainable);
                return BuildLayers(ReferenceNetwork.AttributesOf(block.Definition), inner);
            default:
                throw new ArgumentException($"{layer.GetType().Name} is unknown to the reference.");
        }
    }

    private int Linear(ParametricLayerAttribute layer, string name, int source, int units, bool trainable)
    {
        var shape = Nodes[source].Shape;
        var weight = Parameter(name + ".weight", [units, shape[^1]], trainable, start: null);
        var bias = layer.Bias ? Parameter(name + ".bias", [units], trainable, layer.BiasValue) : null;
        return Append(new LinearNode(name, source, shape, units, weight, bias));
    }

    private int Activate(string name, int source, Activation function, float alpha, bool sharedSlope, bool trainable)
    {
        var shape = Nodes[source].Shape;
        switch (function)
        {
            case Activation.Softmax or Activation.LogSoftmax:
                return Append(new SoftmaxNode(name, source, shape, function == Activation.LogSoftmax));
            case Activation.PReLU:
                // The channel is axis 0, which for a single axis is the feature.
                var start = float.IsNaN(alpha) ? 0.25 : alpha;
                var slope = Parameter(name + ".slope", [sharedSlope ? 1 : shape[0]], trainable, start);
                return Append(new PReLUNode(name, source, shape, slope, sharedSlope));
            default:
                return Append(new ElementwiseNode(name, source, shape, new ScalarFunction(function, alpha)));
        }
    }

    private string Parameter(string name, int[] shape, bool trainable, double? start)
    {
        Parameters.Add(new ReferenceParameter(name, shape, trainable, start));
        return name;
    }

    private int Append(Node node)
    {
        Nodes.Add(node);
        return Nodes.Count - 1;
    }

    private int[] SameShapes(Scope scope, int source, string[] names)
    {
        var sources = Joined(scope, source, names);
        foreach (var index in sources)
        {
            if (!Nodes[index].Shape.SequenceEqual(Nodes[sources[0]].Shape))
                throw new ArgumentException($"{Nodes[index].Name} and {Nodes[sources[0]].Name} have different shapes.");
        }

        return sources;
    }

    // A single name joins the layer above; more of them stand alone.
    private static int[] Joined(Scope scope, int source, string[] names) =>
        names.Length == 1 ? [source, scope.Find(names[0])] : Array.ConvertAll(names, scope.Find);

    private static int[] Inferred(int[] shape, int length)
    {
        var known = shape.Where(size => size != -1).Aggregate(1, (product, size) => product * size);
        var result = Array.ConvertAll(shape, size => size == -1 ? length / known : size);
        return Node.LengthOf(result) == length
            ? result
            : throw new ArgumentException($"{length} elements do not fit the shape {string.Join("×", shape)}.");
    }

    /// <summary>The names of a network or of a block.</summary>
    private sealed class Scope(string prefix, int input, bool trainable)
    {
        private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal) { ["input"] = input };
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public string Prefix { get; } = prefix;

        public int Input { get; } = input;

        public bool Trainable { get; } = trainable;

        public string NameOf(LayerAttribute layer)
        {
            var kind = Kind(layer);
            var count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            return layer.Name ?? FormattableString.Invariant($"{kind}{count}");
        }

        public int Find(string name) =>
            _nodes.TryGetValue(name, out var node) ? node : throw new ArgumentException($"There is no layer named {name} above.");

        public void Define(string name, int node)
        {
            if (!_nodes.TryAdd(name, node))
                throw new ArgumentException($"There are two layers named {name}.");
        }

        private static string Kind(LayerAttribute layer) => layer switch
        {
            DenseAttribute => "dense",
            MaxoutAttribute => "maxout",
            ActivationAttribute => "activation",
            DropoutAttribute => "dropout",
            FlattenAttribute => "flatten",
            ReshapeAttribute => "reshape",
            AddAttribute => "add",
            MultiplyAttribute => "multiply",
            ConcatAttribute => "concat",
            BlockAttribute => "block",
            _ => throw new ArgumentException($"{layer.GetType().Name} is unknown to the reference."),
        };
    }
}
