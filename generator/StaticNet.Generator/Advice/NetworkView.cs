using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>A network as rules look at it: layers with their neighbours in both directions.</summary>
internal sealed class NetworkView
{
    private readonly Place[] _places;
    private readonly List<int>[] _readers;
    private readonly Weighing?[] _weighings;
    private readonly HashSet<int> _ends;
    private readonly HashSet<string> _called;

    /// <summary>Makes the view.</summary>
    /// <param name="spec">The network as declared.</param>
    /// <param name="graph">The same as a graph.</param>
    public NetworkView(NetworkSpec spec, NetworkGraph graph)
    {
        (Spec, Graph) = (spec, graph);
        _places = [.. NetworkRules.PlacesOf(spec)];
        _readers = [.. graph.Nodes.Select(_ => new List<int>())];
        for (var node = 0; node < graph.Nodes.Count; node++)
        {
            foreach (var input in graph.Nodes[node].Inputs.Where(input => !NetworkGraph.IsInput(input)))
                _readers[input].Add(node);
        }

        _weighings = [.. graph.Nodes.Select(node => node.Inputs.Count == 0 ? null : Weighing.Of(node, graph.TypeOf(node.Inputs[0]), graph.StepsOf(node.Inputs[0])))];
        _called = [.. spec.Layers.SelectMany(layer => layer.Layer.Joined.Append(layer.From)).Concat(spec.Losses.Select(loss => loss.From)).Concat(spec.Outputs.Select(output => output.From)).OfType<string>()];
        _ends = [.. graph.Losses.Select(loss => loss.From), .. graph.Outputs.Select(output => output.Node)];
    }

    /// <summary>The network as declared.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>The same as a graph.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>The layers.</summary>
    public IReadOnlyList<LayerNode> Nodes => Graph.Nodes;

    /// <summary>The numbers of the layers.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, Nodes.Count);

    /// <summary>The largest batch; 0 for a network that only infers.</summary>
    public int BatchSize => Spec.BatchSize ?? 0;

    /// <summary>The layers that multiply by weights.</summary>
    public IEnumerable<(int Node, Weighing Layer)> Weighings => All.Where(node => _weighings[node] is not null).Select(node => (node, _weighings[node]!));

    /// <summary>Those of them that train.</summary>
    public IEnumerable<(int Node, Weighing Layer)> Trained => Weighings.Where(pair => pair.Layer.Trainable && Nodes[pair.Node].Trainable);

    /// <summary>The layers of one kind.</summary>
    public IEnumerable<(int Node, T Layer)> Of<T>()
        where T : Layer => All.Where(node => Nodes[node].Layer is T).Select(node => (node, (T)Nodes[node].Layer));

    /// <summary>What a layer that multiplies by weights is; null for others and for inputs.</summary>
    public Weighing? WeighingOf(int node) => NetworkGraph.IsInput(node) ? null : _weighings[node];

    /// <summary>The attribute of a layer: that of the block, for a layer in one.</summary>
    public Place PlaceOf(int node) => _places[node];

    /// <summary>The value that a layer takes first.</summary>
    public int InputOf(int node) => Nodes[node].Inputs[0];

    /// <summary>The shape of what a layer takes first.</summary>
    public TensorType InputTypeOf(int node) => Graph.TypeOf(InputOf(node));

    /// <summary>Whether a loss or the user takes a value, as it is or in another shape.</summary>
    public bool IsEnd(int node) => _ends.Contains(node) || _readers[node].Any(reader => Nodes[reader].Layer.OnlyReshapes && IsEnd(reader));

    /// <summary>The layer that alone takes a value; null if it is an output, or if several layers or a loss take it.</summary>
    public int? Next(int node) => !_ends.Contains(node) && _readers[node].Count == 1 ? _readers[node][0] : null;

    /// <summary>The same, past layers that only reshape and those that a rule looks through.</summary>
    public int? Next(int node, Func<Layer, bool> isTransparent)
    {
        var next = Next(node);
        while (next is { } reader && (Nodes[reader].Layer.OnlyReshapes || isTransparent(Nodes[reader].Layer)))
            next = Next(reader);
        return next;
    }

    /// <summary>The layer whose numbers a value has: past layers that only reshape. Negative for an input.</summary>
    public int Origin(int node)
    {
        while (!NetworkGraph.IsInput(node) && Nodes[node].Layer.OnlyReshapes)
            node = InputOf(node);
        return node;
    }

    /// <summary>The activation that a value ends with.</summary>
    public Activation ActivationOf(int node) => NetworkGraph.IsInput(node) ? Activation.Identity : LossRules.ActivationOf(Nodes[node].Layer);

    /// <summary>Whether a layer's attribute can be moved or removed: it has no name and takes the layer above, and what has a number after it is not called by that.</summary>
    public bool IsAnonymous(int node) => Spec.Layers[_places[node].Index] is { Name: null, From: null, Layer: not Block and var layer } && !IsCalled(layer.Kind);

    /// <summary>Whether something calls a layer of a kind by its default name, whose number is another one with more or fewer of them.</summary>
    public bool IsCalled(string kind) => _called.Any(name => name.Length > kind.Length && name.StartsWith(kind, StringComparison.Ordinal) && name.Skip(kind.Length).All(char.IsDigit));

    /// <summary>A finding on a layer's attribute.</summary>
    public Finding At(int node, params object[] arguments) => new(PlaceOf(node), arguments);
}
