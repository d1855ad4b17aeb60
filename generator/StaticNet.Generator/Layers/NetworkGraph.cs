using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The network's layers as a graph with shapes. Made once to find faults, and again to write the code.</summary>
internal sealed class NetworkGraph
{
    /// <summary>The index that stands for the network's input.</summary>
    public const int InputNode = -1;

    /// <summary>The name that stands for the input of the network or of a block.</summary>
    public const string InputName = "input";

    private readonly List<LayerNode> _nodes = [];
    private readonly Dictionary<string, string> _codeNames = new(StringComparer.Ordinal);

    private NetworkGraph(TensorType input) => Input = input;

    public TensorType Input { get; }

    public IReadOnlyList<LayerNode> Nodes => _nodes;

    public IReadOnlyList<LossNode> Losses { get; private set; } = [];

    /// <summary>The node that is the network's output: the last.</summary>
    public int Output => _nodes.Count - 1;

    public TensorType OutputType => TypeOf(Output);

    /// <summary>Where a loss's targets start in a sample's targets.</summary>
    public int TargetOffsetOf(int loss) => Losses.Take(loss).Sum(node => node.Loss.TargetLength(node.Type));

    public TensorType TypeOf(int node) => node == InputNode ? Input : _nodes[node].Output;

    /// <summary>Resolves names and shapes.</summary>
    /// <returns>The graph, or null after an error.</returns>
    public static NetworkGraph? Resolve(NetworkSpec spec, IGraphErrors errors)
    {
        var shape = spec.InputShape.ToArray();
        if (shape.Length is < 1 or > 3 || shape.Any(size => size < 1))
        {
            errors.Report(Place.Input, Rules.Argument, "Input", "shape", "one to three positive sizes", shape.Length == 0 ? "none" : Invariant.List(shape));
            return null;
        }

        if (TooLarge(shape))
        {
            errors.Report(Place.Input, Rules.TooLarge, "Input", Invariant.Shape(shape), Limits.LargestValue);
            return null;
        }

        var graph = new NetworkGraph(TensorType.Of(shape));
        var scope = new Scope(graph, spec.Layers, errors);
        if (!scope.AddAll(index => Place.Layer(index)))
            return null;

        graph.Losses = graph.ResolveLosses(spec, scope, errors);
        return graph.Losses.Count == spec.Losses.Count ? graph : null;
    }

    private static bool TooLarge(IEnumerable<int> shape) => shape.Aggregate(1L, (product, size) => Math.Min(product * size, long.MaxValue / int.MaxValue)) > Limits.LargestValue;

    private List<LossNode> ResolveLosses(NetworkSpec spec, Scope scope, IGraphErrors errors)
    {
        var losses = new List<LossNode>();
        for (var index = 0; index < spec.Losses.Count; index++)
        {
            var loss = spec.Losses[index];
            var from = Output;
            if (loss.From is not null && !scope.TryFind(loss.From, out from))
                errors.Report(Place.Loss(index), Rules.UnknownName, loss.From, scope.KnownNames);
            else if (LossRules.Check(loss, from == InputNode ? null : _nodes[from].Layer, TypeOf(from)) is var (rule, arguments))
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
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal) { [InputName] = InputNode };
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public string Prefix { get; init; } = "";

        public int Input { get; init; } = InputNode;

        public bool Trainable { get; init; } = true;

        public string KnownNames => string.Join(", ", _names.Keys.Select(name => $"\"{name}\""));

        public bool TryFind(string name, out int node)
        {
            if (!_names.TryGetValue(name, out node))
                return false;
            if (name == InputName)
                node = Input;
            return true;
        }

        /// <summary>Adds all layers; stops at the first fault, because those behind it would follow from it.</summary>
        public bool AddAll(Func<int, Place> place)
        {
            var current = Input;
            for (var index = 0; index < layers.Count; index++)
            {
                if (!TryAdd(layers[index], place(index), ref current))
                    return false;
            }

            return true;
        }

        private bool TryAdd(LayerSpec spec, Place place, ref int current)
        {
            if (NameOf(spec, place) is not { } name || InputsOf(spec, place, current) is not { } inputs)
                return false;

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
                var resolved = spec.Layer.Infer(inputs.Select(graph.TypeOf).ToArray(), new ShapeErrors(spec.Layer, place, errors));
                if (resolved is null)
                    return false;
                if (TooLarge(resolved.Output.Shape))
                {
                    errors.Report(place, Rules.TooLarge, spec.Layer.Title, resolved.Output, Limits.LargestValue);
                    return false;
                }

                graph._nodes.Add(new LayerNode(Prefix + name, spec.Layer, inputs, resolved, Trainable));
            }

            current = graph._nodes.Count - 1;
            _names[name] = current;
            // Two names may differ and yet be one in the generated code: "a.b" and "aB", "ß" and "ẞ".
            graph._codeNames[Names.Camel(Prefix + name)] = Prefix + name;
            return true;
        }

        private string? NameOf(LayerSpec spec, Place place)
        {
            var kind = spec.Layer.Kind;
            _counts[kind] = _counts.TryGetValue(kind, out var count) ? count + 1 : 1;
            var name = spec.Name ?? $"{kind}{_counts[kind]}";
            if (!SyntaxFacts.IsValidIdentifier(name))
                errors.Report(place, Rules.InvalidName, name);
            else if (_names.ContainsKey(name))
                errors.Report(place, Rules.DuplicateName, name);
            else if (graph._codeNames.TryGetValue(Names.Camel(Prefix + name), out var other))
                errors.Report(place, Rules.DuplicateName, other);
            else
                return name;
            return null;
        }

        private List<int>? InputsOf(LayerSpec spec, Place place, int current)
        {
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
    private sealed class ShapeErrors(Layer layer, Place place, IGraphErrors errors) : IShapeErrors
    {
        public TensorType? Argument(string argument, string expected, string actual)
        {
            errors.Report(place, Rules.Argument, layer.AttributeName, argument, expected, actual);
            return null;
        }

        public TensorType? Shapes(string problem)
        {
            errors.Report(place, Rules.Shapes, problem);
            return null;
        }
    }
}
