using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The network's layers as a graph with shapes. Made once to find faults, and again to write the code.</summary>
internal sealed class NetworkGraph
{
    /// <summary>The name of the input of a block, and of a network's only one without another.</summary>
    public const string InputName = "input";

    /// <summary>The name of a network's output where none is declared.</summary>
    public const string OutputName = "output";

    private readonly List<LayerNode> _nodes = [];
    private readonly Dictionary<string, string> _codeNames = new(StringComparer.Ordinal);

    private readonly List<NetworkInput> _inputs = [];

    private NetworkGraph()
    {
    }

    /// <summary>The inputs: nodes of negative indices, the first of −1, the second of −2.</summary>
    public IReadOnlyList<NetworkInput> Inputs => _inputs;

    /// <summary>The outputs in the order of the user's spans.</summary>
    public IReadOnlyList<NetworkOutput> Outputs { get; private set; } = [];

    /// <summary>The steps of a sample: above 1 it is a sequence.</summary>
    public int Steps { get; private set; } = 1;

    /// <summary>The floats of a sample of all inputs.</summary>
    public int InputLength => Steps * StepInputLength;

    /// <summary>The same of one step.</summary>
    public int StepInputLength => Inputs.Sum(input => input.Type.Length);

    /// <summary>The floats of a sample of all outputs.</summary>
    public int OutputLength => Steps * StepOutputLength;

    /// <summary>The same of one step.</summary>
    public int StepOutputLength => Outputs.Sum(output => output.Type.Length);

    public IReadOnlyList<LayerNode> Nodes => _nodes;

    public IReadOnlyList<LossNode> Losses { get; private set; } = [];

    /// <summary>The node of the last layer that is no constant.</summary>
    public int Last => _nodes.FindLastIndex(node => node.Layer is not ConstantLayer);

    /// <summary>Where a loss's targets start in a step's targets.</summary>
    public int TargetOffsetOf(int loss) => Losses.Take(loss).Sum(node => node.Loss.TargetLength(node.Type));

    public TensorType TypeOf(int node) => IsInput(node) ? Inputs[-1 - node].Type : _nodes[node].Output;

    /// <summary>What a node is called.</summary>
    public string NameOf(int node) => IsInput(node) ? Inputs[-1 - node].Name : _nodes[node].Name;

    /// <summary>Whether a node is a constant, which only joins take.</summary>
    public bool IsConstant(int node) => !IsInput(node) && _nodes[node].Layer is ConstantLayer;

    /// <summary>Whether a node is an input.</summary>
    public static bool IsInput(int node) => node < 0;

    /// <summary>Resolves names and shapes.</summary>
    /// <returns>The graph, or null after an error.</returns>
    public static NetworkGraph? Resolve(NetworkSpec spec, IGraphErrors errors)
    {
        var graph = new NetworkGraph();
        var scope = new Scope(graph, spec.Layers, errors);
        if (!graph.AddInputs(spec, scope, errors) || !scope.AddAll(index => Place.Layer(index)))
            return null;

        graph.Losses = graph.ResolveLosses(spec, scope, errors);
        graph.Outputs = graph.ResolveOutputs(spec, scope, errors);
        return graph.Losses.Count == spec.Losses.Count && graph.Outputs.Count == Math.Max(spec.Outputs.Count, 1) ? graph : null;
    }

    private bool AddInputs(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        if (spec.Inputs.Count > 0)
            Steps = spec.Inputs[0].Steps;
        for (var index = 0; index < spec.Inputs.Count; index++)
        {
            var place = Place.Input(index);
            var (shape, name) = (spec.Inputs[index].Shape.ToArray(), spec.Inputs[index].Name);
            if (shape.Length is < 1 or > 3 || shape.Any(size => size < 1))
                errors.Report(place, Rules.Argument, "Input", "shape", "one to three positive sizes", shape.Length == 0 ? "none" : Invariant.List(shape));
            else if (TooLarge(shape))
                errors.Report(place, Rules.TooLarge, "Input", Invariant.Shape(shape), Limits.LargestValue);
            else if (name is null && spec.Inputs.Count > 1)
                errors.Report(place, Rules.Argument, "Input", "Name", "given where there are several inputs", "none");
            else if (spec.Inputs[index].Steps is not (>= 1 and <= Limits.MostSteps) and var steps)
                errors.Report(place, Rules.Argument, "Input", "Steps", $"1 to {Limits.MostSteps}", Invariant.Text(steps));
            else if (index > 0 && spec.Inputs[index].Steps != Steps)
                errors.Report(place, Rules.Argument, "Input", "Steps", $"that of the first input, {Invariant.Text(Steps)}", Invariant.Text(spec.Inputs[index].Steps));
            else if (scope.TryAddInput(new NetworkInput(name ?? InputName, TensorType.Of(shape), StepInputLength), spec.Inputs[index].Before, place))
                continue;
            return false;
        }

        if (Steps * Inputs.Sum(input => (long)input.Type.Length) <= Limits.LargestValue)
            return true;
        errors.Report(Place.Input(spec.Inputs.Count - 1), Rules.TooLargeInTotal, spec.Target.Name, Steps * Inputs.Sum(input => (long)input.Type.Length), "elements of inputs", Limits.LargestValue);
        return false;
    }

    /// <summary>The outputs; fewer than declared after an error.</summary>
    private List<NetworkOutput> ResolveOutputs(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        if (spec.Outputs.Count == 0)
            return [new NetworkOutput(OutputName, Last, TypeOf(Last), 0)];

        var outputs = new List<NetworkOutput>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in Inputs)
            names[Names.Camel(input.Name)] = input.Name;
        for (var index = 0; index < spec.Outputs.Count; index++)
        {
            var (place, output) = (Place.Output(index), spec.Outputs[index]);
            var node = Last;
            if (output.From is not null && !scope.TryFind(output.From, out node))
            {
                errors.Report(place, Rules.UnknownName, output.From, scope.KnownNames);
                continue;
            }

            if (IsConstant(node))
            {
                errors.Report(place, Rules.ConstantOutsideJoin, NameOf(node), "Output");
                continue;
            }

            var name = output.Name ?? NameOf(node);
            if (!SyntaxFacts.IsValidIdentifier(name))
                errors.Report(place, Rules.InvalidName, name);
            else if (names.TryGetValue(Names.Camel(name), out var other))
                errors.Report(place, Rules.DuplicateOutput, name, other);
            else
                outputs.Add(new NetworkOutput(name, node, TypeOf(node), outputs.Sum(before => before.Type.Length)));
            names[Names.Camel(name)] = name;
        }

        var total = Steps * outputs.Sum(output => (long)output.Type.Length);
        if (total <= Limits.LargestValue)
            return outputs;
        errors.Report(Place.Output(spec.Outputs.Count - 1), Rules.TooLargeInTotal, spec.Target.Name, total, "elements of outputs", Limits.LargestValue);
        return [];
    }

    private static bool TooLarge(IEnumerable<int> shape) => shape.Aggregate(1L, (product, size) => Math.Min(product * size, long.MaxValue / int.MaxValue)) > Limits.LargestValue;

    private List<LossNode> ResolveLosses(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        var losses = new List<LossNode>();
        for (var index = 0; index < spec.Losses.Count; index++)
        {
            var loss = spec.Losses[index];
            var from = Last;
            if (loss.From is not null && !scope.TryFind(loss.From, out from))
                errors.Report(Place.Loss(index), Rules.UnknownName, loss.From, scope.KnownNames);
            else if (IsConstant(from))
                errors.Report(Place.Loss(index), Rules.ConstantOutsideJoin, NameOf(from), loss.Title);
            else if (LossRules.Check(loss, IsInput(from) ? null : _nodes[from].Layer, TypeOf(from)) is var (rule, arguments))
                errors.Report(Place.Loss(index), rule, arguments);
            else
                losses.Add(new LossNode(loss, from, TypeOf(from)));
        }

        var classes = losses.FindIndex(node => node.Loss.TargetIsIndex);
        for (var index = 0; index < losses.Count; index++)
        {
            if (losses[index].Loss.Kind != LossKind.Center)
                continue;
            if (classes < 0 && losses.Count == spec.Losses.Count)
            {
                errors.Report(Place.Loss(index), Rules.LossAlone, losses[index].Loss.Title);
                return [];
            }

            losses[index] = losses[index] with { ClassOf = classes };
        }

        return losses;
    }

    /// <summary>The names of the network, or of one block.</summary>
    private sealed class Scope(NetworkGraph graph, EquatableArray<LayerSpec> layers, IGraphErrors errors)
    {
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        private readonly Dictionary<int, int> _inputBefore = [];
        private readonly int? _input;
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public string Prefix { get; init; } = "";

        /// <summary>The node that the first layer takes unless it names another; none where the network's inputs begin the scope.</summary>
        public int? Input
        {
            get => _input;
            init
            {
                _input = value;
                if (value is { } node)
                    _names[InputName] = node;
            }
        }

        public bool Trainable { get; init; } = true;

        public string KnownNames => string.Join(", ", _names.Keys.Select(name => $"\"{name}\""));

        public bool TryFind(string name, out int node)
        {
            return _names.TryGetValue(name, out node);
        }

        /// <summary>Adds an input of the network.</summary>
        public bool TryAddInput(NetworkInput input, int before, Place place)
        {
            if (!IsFree(input.Name, place))
                return false;
            graph._inputs.Add(input);
            _names[input.Name] = -graph._inputs.Count;
            _inputBefore[before] = -graph._inputs.Count;
            graph._codeNames[Names.Camel(input.Name)] = input.Name;
            return true;
        }

        /// <summary>Adds all layers; stops at the first fault, because those behind it would follow from it.</summary>
        public bool AddAll(Func<int, Place> place)
        {
            var current = Input ?? -1;
            for (var index = 0; index < layers.Count; index++)
            {
                if (_inputBefore.TryGetValue(index, out var input))
                    current = input;
                if (!TryAdd(layers[index], place(index), ref current))
                    return false;
            }

            return true;
        }

        private bool TryAdd(LayerSpec spec, Place place, ref int current)
        {
            if (NameOf(spec, place) is not { } name || InputsOf(spec, place, current) is not { } inputs)
                return false;
            if (spec.Layer is not (ConstantLayer or ElementwiseJoin) && inputs.Any(graph.IsConstant))
            {
                errors.Report(place, Rules.ConstantOutsideJoin, graph.NameOf(inputs.First(graph.IsConstant)), spec.Layer.Title);
                return false;
            }

            if (spec.Layer is Block block)
            {
                var input = graph.TypeOf(inputs[0]);
                if (block.InputShape.Count > 0 && !block.InputShape.Equals(input.Shape))
                {
                    errors.Report(place, Rules.Shapes, $"{block.Title} declares an input of {Invariant.Shape(block.InputShape)}, but its input here is {input}");
                    return false;
                }

                var inner = new Scope(graph, block.Layers, errors)
                {
                    Prefix = Prefix + name + ".",
                    Input = inputs[0],
                    Trainable = Trainable && block.Trainable,
                };
                if (!inner.AddAll(_ => place))
                    return false;
            }
            else
            {
                if (spec.Layer.TakesSequences && graph.Steps == 1)
                {
                    errors.Report(place, Rules.NoSequence, spec.Layer.Title);
                    return false;
                }

                var (types, faults) = (inputs.Select(graph.TypeOf).ToArray(), new ShapeErrors(spec.Layer, place, errors));
                var resolved = spec.Layer is ElementwiseJoin join ? join.Infer(types, inputs.Select(graph.IsConstant).ToArray(), faults) : spec.Layer.Infer(types, faults);
                if (resolved is null)
                    return false;
                if (TooLarge(resolved.Output.Shape.Append(graph.Steps)))
                {
                    errors.Report(place, Rules.TooLarge, spec.Layer.Title, resolved.Output, Limits.LargestValue);
                    return false;
                }

                graph._nodes.Add(new LayerNode(Prefix + name, spec.Layer, inputs, resolved, Trainable));
            }

            // A constant is no link of the chain: the next layer takes what the one before it gives.
            _names[name] = graph._nodes.Count - 1;
            current = spec.Layer is ConstantLayer ? current : graph._nodes.Count - 1;
            // Two names may differ and yet be one in the generated code: "a.b" and "aB", "ß" and "ẞ".
            graph._codeNames[Names.Camel(Prefix + name)] = Prefix + name;
            return true;
        }

        private string? NameOf(LayerSpec spec, Place place)
        {
            var kind = spec.Layer.Kind;
            _counts[kind] = _counts.TryGetValue(kind, out var count) ? count + 1 : 1;
            var name = spec.Name ?? $"{kind}{_counts[kind]}";
            return IsFree(name, place) ? name : null;
        }

        private bool IsFree(string name, Place place)
        {
            if (!SyntaxFacts.IsValidIdentifier(name))
                errors.Report(place, Rules.InvalidName, name);
            else if (_names.ContainsKey(name))
                errors.Report(place, Rules.DuplicateName, name);
            else if (graph._codeNames.TryGetValue(Names.Camel(Prefix + name), out var other))
                errors.Report(place, Rules.DuplicateName, other);
            else
                return true;
            return false;
        }

        private List<int>? InputsOf(LayerSpec spec, Place place, int current)
        {
            if (spec.Layer is ConstantLayer)
            {
                if (spec.From is null)
                    return [];
                errors.Report(place, Rules.Argument, spec.Layer.AttributeName, "From", "left out, since a constant takes nothing", spec.From);
                return null;
            }

            var joined = spec.Layer.Joined;
            if (joined.Count > Limits.MostJoined)
            {
                errors.Report(place, Rules.TooManyJoined, spec.Layer.Title, Invariant.Text(joined.Count), Invariant.Text(Limits.MostJoined));
                return null;
            }

            var names = joined.Count <= 1 || spec.From is not null ? new[] { spec.From }.Concat(joined) : joined;
            var inputs = new List<int>();
            foreach (var name in names)
            {
                var node = current;
                if (name is not null && !TryFind(name, out node))
                {
                    errors.Report(place, Rules.UnknownName, name, KnownNames);
                    return null;
                }

                inputs.Add(node);
            }

            return inputs;
        }
    }

    /// <summary>Puts a layer's complaints on its attribute.</summary>
    private sealed class ShapeErrors(Layer layer, Place attribute, IGraphErrors errors) : IShapeErrors
    {
        public TensorType? Argument(string argument, string expected, string actual)
        {
            errors.Report(attribute, Rules.Argument, layer.AttributeName, argument, expected, actual);
            return null;
        }

        public TensorType? Expression(string expression, int place, string problem)
        {
            errors.Report(attribute, Rules.Expression, expression, Invariant.Text(place), problem);
            return null;
        }

        public TensorType? Shapes(string problem)
        {
            errors.Report(attribute, Rules.Shapes, problem);
            return null;
        }
    }
}
