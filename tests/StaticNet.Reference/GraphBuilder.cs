using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <summary>Makes nodes of attributes.</summary>
/// <remarks>
/// Names: a layer without a <c>Name</c> is called after its kind and its number among the layers of that kind, from 1; those
/// with a <c>Name</c> count too. A block is a scope of its own: its layers are counted anew, its <c>"input"</c> is the
/// block's input, and its names carry the block's name in front.
/// </remarks>
internal sealed partial class GraphBuilder
{
    public List<Node> Nodes { get; } = [];

    public List<ReferenceParameter> Parameters { get; } = [];

    public List<ReferenceLoss> Losses { get; } = [];

    /// <summary>The node of what each layer gives, by the layer's full name; one that changes nothing gives what it takes.</summary>
    public Dictionary<string, int> Outputs { get; } = [];

    /// <summary>Builds the whole network and returns the nodes of its outputs.</summary>
    public int[] BuildNetwork(IReadOnlyList<Attribute> attributes)
    {
        var inputs = attributes.OfType<InputAttribute>().ToArray();
        if (inputs.Length == 0)
            throw new ArgumentException("The network has no [Input].");
        var scope = new GraphScope("", 0, true, inputs is [{ Name: null }] ? "input" : null);
        Nodes.Add(new InputNode(inputs is [var only] ? only.Shape : [inputs.Sum(input => Node.LengthOf(input.Shape))]));
        if (inputs is [{ Name: { } name }])
            scope.Define(name, 0);
        var offset = 0;
        foreach (var input in inputs.Where(_ => inputs.Length > 1))
        {
            scope.Define(input.Name ?? throw new ArgumentException("Of several inputs each has a name."), Append(new InputPartNode(input.Name, offset, input.Shape, input.Layout == Layout.ChannelsLast)));
            offset += Node.LengthOf(input.Shape);
        }

        var output = BuildLayers(attributes, scope);

        var targetOffset = 0;
        foreach (var attribute in attributes.OfType<LossAttribute>())
        {
            var source = attribute.From is null ? output : scope.Find(attribute.From);
            var loss = new ReferenceLoss(attribute, source, Nodes[source].Shape, targetOffset);
            targetOffset += loss.TargetLength;
            Losses.Add(loss);
        }

        foreach (var loss in Losses.Where(loss => loss.HasCenters))
        {
            var classes = Losses.First(other => other.TargetIsIndex);
            loss.Centers = Parameter($"loss{Losses.IndexOf(loss) + 1}.centers", [classes.OutputLength, loss.OutputLength], ParameterKind.Statistic, trainable: false, start: 0);
            loss.ClassOffset = classes.TargetOffset;
        }

        var outputs = attributes.OfType<OutputAttribute>().Select(declared => declared.From is null ? output : scope.Find(declared.From)).ToArray();
        return outputs.Length == 0 ? [output] : outputs;
    }

    private int BuildLayers(IReadOnlyList<Attribute> attributes, GraphScope scope)
    {
        var above = scope.Input;
        foreach (var attribute in attributes)
        {
            // The layer below an input takes it; that of a block is checked only.
            if (attribute is InputAttribute { Name: { } input } && scope.Prefix.Length == 0)
                above = scope.Find(input);
            if (attribute is not LayerAttribute layer)
                continue;
            var name = scope.NameOf(layer);
            if (layer is ConstantAttribute constant)
            {
                // No link of the chain: the next layer takes what the one before it gives.
                var value = Parameter($"{scope.Prefix}{name}.value", constant.Shape, ParameterKind.Constant, trainable: false, constant.Values is null ? constant.Value : null);
                scope.Define(name, Append(new ConstantNode(scope.Prefix + name, constant.Shape, value, constant.Shape)));
                continue;
            }

            var source = layer.From is null ? above : scope.Find(layer.From);
            above = BuildLayer(layer, scope, scope.Prefix + name, source);
            scope.Define(name, above);
            Outputs[scope.Prefix + name] = above;
        }

        return above;
    }

    private int BuildLayer(LayerAttribute layer, GraphScope scope, string name, int source)
    {
        var shape = Nodes[source].Shape;
        switch (layer)
        {
            case DenseAttribute dense:
                var trainable = scope.Trainable && dense.Trainable;
                var weight = Weight(name, [dense.Units, shape[^1]], trainable, dense.WeightNorm);
                var linear = Linear(dense, name, source, dense.Units, weight, trainable);
                return Activate(name, linear, dense.Activation, dense.ActivationAlpha, dense.SharedSlope, trainable);
            case MaxoutAttribute maxout:
                var maxoutLearns = scope.Trainable && maxout.Trainable;
                var rows = maxout.Pieces * maxout.Units;
                var pieceWeight = Weight(name, [rows, shape[^1]], maxoutLearns, normalized: false);
                var pieces = Linear(maxout, name, source, rows, pieceWeight, maxoutLearns);
                return Append(new MaximumNode(name, pieces, Nodes[pieces].Shape, maxout.Pieces));
            case ActivationAttribute { Expression: { } expression } own:
                var function = OwnFunctions.All[expression];
                return Append(new FunctionNode(name, source, shape, x => function(x, own.Alpha), x => OwnFunctions.Derivative(function, x, own.Alpha), []));
            case ActivationAttribute activation:
                var learned = scope.Trainable && activation.Trainable;
                return Activate(name, source, activation.Function, activation.Alpha, activation.SharedSlope, learned);
            case DropoutAttribute dropout:
                return Append(new DropoutNode(name, source, shape, dropout.Rate));
            case DelayAttribute delay:
                return Append(new DelayNode(name, source, shape, delay.Steps, delay.InitialValue));
            case FlattenAttribute:
                return Append(new ReshapeNode(name, source, [Node.LengthOf(shape)]));
            case ReshapeAttribute reshape:
                return Append(new ReshapeNode(name, source, Inferred(reshape.Shape, Node.LengthOf(shape))));
            case AddAttribute add:
                return Append(new AddNode(name, SameShapes(scope, source, add.Inputs, out var sumShape), sumShape));
            case MultiplyAttribute multiply:
                return Append(new MultiplyNode(name, SameShapes(scope, source, multiply.Inputs, out var productShape), productShape));
            case SubtractAttribute subtract:
                return Joins(name, SameShapes(scope, source, subtract.Inputs, out var subtractShape), subtractShape, JoinFunction.Subtract);
            case DivideAttribute divide:
                return Joins(name, SameShapes(scope, source, divide.Inputs, out var divideShape), divideShape, JoinFunction.Divide);
            case MinimumAttribute minimum:
                return Joins(name, SameShapes(scope, source, minimum.Inputs, out var minimumShape), minimumShape, JoinFunction.Minimum);
            case MaximumAttribute maximum:
                return Joins(name, SameShapes(scope, source, maximum.Inputs, out var maximumShape), maximumShape, JoinFunction.Maximum);
            case ClipAttribute clip:
                return Append(new FunctionNode(
                    name, source, shape, x => Math.Min(Math.Max(x, clip.Min), clip.Max), x => x >= clip.Min && x <= clip.Max ? 1 : 0,
                    [.. new double[] { clip.Min, clip.Max }.Where(double.IsFinite)]));
            case RescalingAttribute rescaling:
                return Append(new FunctionNode(name, source, shape, x => (x * rescaling.Scale) + rescaling.Offset, _ => rescaling.Scale, []));
            case PowerAttribute power:
                return Append(new FunctionNode(
                    name, source, shape, x => Math.Pow(x, power.Exponent), x => power.Exponent == 0 ? 0 : power.Exponent * Math.Pow(x, power.Exponent - 1.0), [0]));
            case ConcatAttribute concat:
                var sources = Joined(scope, source, concat.Inputs);
                var shapes = Array.ConvertAll(sources, index => Nodes[index].Shape);
                return Append(new ConcatNode(name, sources, shapes, Axis(concat.Axis, shapes[0].Length)));
            case MatMulAttribute product:
                var factors = Joined(scope, source, product.Inputs);
                if (factors.Length != 2)
                    throw new ArgumentException($"{name} takes two layers, but got {factors.Length}.");
                return Append(new MatMulNode(name, factors, Nodes[factors[0]].Shape, Nodes[factors[1]].Shape, product.TransposeSecond));
            case BlockAttribute block:
                var inner = new GraphScope(name + ".", source, scope.Trainable && block.Trainable);
                return BuildLayers(ReferenceNetwork.AttributesOf(block.Definition), inner);
            default:
                return BuildConvolution(layer, scope, name, source)
                    ?? BuildSequence(layer, scope, name, source)
                    ?? BuildPooling(layer, scope, name, source)
                    ?? BuildNormalization(layer, scope, name, source)
                    ?? BuildShaping(layer, name, source)
                    ?? throw new ArgumentException($"{layer.GetType().Name} is unknown to the reference.");
        }
    }

    private int Linear(ParametricLayerAttribute layer, string name, int source, int units, LayerWeight weight, bool trainable) =>
        Append(new LinearNode(name, source, Nodes[source].Shape, units, weight, Bias(layer, name, units, trainable)));

    private string? Bias(ParametricLayerAttribute layer, string name, int units, bool trainable) =>
        layer.Bias ? Parameter(name + ".bias", [units], ParameterKind.Bias, trainable, layer.BiasValue) : null;

    /// <summary>A weight [outputs, …]: a parameter, or with normalisation two.</summary>
    private LayerWeight Weight(string name, int[] shape, bool trainable, bool normalized, bool[]? connected = null)
    {
        if (!normalized)
            return new PlainWeight(Learned(name + ".weight", ParameterKind.Weight), connected);

        int[] ones = [shape[0], .. Enumerable.Repeat(1, shape.Length - 1)];
        var magnitude = Parameter(name + ".weight_g", ones, ParameterKind.Magnitude, trainable, start: null);
        return new NormalizedWeight(magnitude, new PlainWeight(Learned(name + ".weight_v", ParameterKind.Direction), connected), shape[0]);

        string Learned(string full, ParameterKind kind)
        {
            Parameters.Add(new ReferenceParameter(full, shape, kind, trainable, null) { Connected = connected });
            return full;
        }
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
                var slope = Parameter(name + ".slope", [sharedSlope ? 1 : shape[0]], ParameterKind.Slope, trainable, start);
                return Append(new PReLUNode(name, source, shape, slope, sharedSlope));
            default:
                return Append(new ElementwiseNode(name, source, shape, new ScalarFunction(function, alpha)));
        }
    }

    private string Parameter(string name, int[] shape, ParameterKind kind, bool trainable, double? start)
    {
        Parameters.Add(new ReferenceParameter(name, shape, kind, trainable, start));
        return name;
    }

    private int Append(Node node)
    {
        Nodes.Add(node);
        return Nodes.Count - 1;
    }

    /// <summary>What a function makes of the first two goes on with the third.</summary>
    private int Joins(string name, int[] sources, int[] shape, JoinFunction function) =>
        sources[1..].Aggregate(sources[0], (left, right) => Append(new JoinNode(name, left, right, shape, function)));

    private int[] SameShapes(GraphScope scope, int source, string[] names, out int[] shape)
    {
        var sources = Joined(scope, source, names);
        var common = Nodes[sources.First(index => Nodes[index] is not ConstantNode)].Shape;
        sources = Array.ConvertAll(sources, index => Nodes[index] is ConstantNode constant ? Append(constant.Spread(common)) : index);
        shape = common;
        foreach (var index in sources)
        {
            if (!Nodes[index].Shape.SequenceEqual(Nodes[sources[0]].Shape))
                throw new ArgumentException($"{Nodes[index].Name} and {Nodes[sources[0]].Name} have different shapes.");
        }

        return sources;
    }

    private static int[] Axes(int[] axes, int count) => Array.ConvertAll(axes, axis => Axis(axis, count));

    private static int Axis(int axis, int count) => axis < -count || axis >= count
        ? throw new ArgumentException($"There is no axis {axis} of {count}.")
        : axis < 0 ? axis + count : axis;

    // A single name joins the layer above; more of them stand alone.
    private static int[] Joined(GraphScope scope, int source, string[] names) =>
        names.Length == 1 ? [source, scope.Find(names[0])] : Array.ConvertAll(names, scope.Find);

    private static int[] Inferred(int[] shape, int length)
    {
        var known = shape.Where(size => size != -1).Aggregate(1, (product, size) => product * size);
        var result = Array.ConvertAll(shape, size => size == -1 ? length / known : size);
        return Node.LengthOf(result) == length
            ? result
            : throw new ArgumentException($"{length} elements do not fit the shape {string.Join("×", shape)}.");
    }
}
