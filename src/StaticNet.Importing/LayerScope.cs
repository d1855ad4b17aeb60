using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Serialization;

namespace StaticNet.Importing;

/// <summary>The names of the layers of a network or a block, and its attributes.</summary>
internal sealed class LayerScope
{
    private readonly List<LayerNode> _inputs;

    private readonly List<LayerNode> _chain;

    private readonly HashSet<LayerNode> _named;

    private readonly Dictionary<LayerNode, string> _names;

    private readonly LayerNode? _blockInput;

    public LayerScope(List<LayerNode> inputs, List<LayerNode> chain, IEnumerable<LayerNode> outputs, LayerNode? blockInput = null)
    {
        (_inputs, _chain, _blockInput) = (inputs, chain, blockInput);
        _named = Named(chain, outputs, blockInput);
        _names = Names(inputs, chain, _named);
        if (blockInput is not null)
            _names[blockInput] = "input";
    }

    /// <summary>The scope of a block's layers.</summary>
    public static LayerScope OfBlock(LayerNode block) => new([], [.. block.Inner], [], block.Inputs[0]);

    public string NameOf(LayerNode layer) => _names[layer];

    /// <summary>The layers as attributes, inputs first.</summary>
    public List<AttributeDeclaration> Attributes()
    {
        var attributes = _inputs.Select(input => _inputs.Count == 1 ? input.Attribute : input.Attribute.With("Name", _names[input])).ToList();
        var above = _blockInput ?? (_inputs.Count > 0 ? _inputs[^1] : null);
        foreach (var node in _chain)
        {
            attributes.Add(Placed(node, above, _names, _named.Contains(node)));
            above = node.Kind == LayerNodeKind.Constant ? above : node;
        }

        return attributes;
    }

    /// <summary>Adds the parameters of the layers, and of blocks among them.</summary>
    /// <param name="prefix">The names of the blocks around them, each with a dot.</param>
    /// <param name="weights">Receives the parameters.</param>
    public void AddWeights(string prefix, StateDict weights)
    {
        foreach (var node in _chain)
        {
            if (node.Inner.Count > 0)
                OfBlock(node).AddWeights($"{prefix}{_names[node]}.", weights);
            foreach (var tensor in node.Tensors)
                weights.Add($"{prefix}{_names[node]}.{tensor.Name}", tensor.Shape.AsSpan(), tensor.Values);
        }
    }

    /// <summary>The layers that others name.</summary>
    private static HashSet<LayerNode> Named(List<LayerNode> chain, IEnumerable<LayerNode> outputs, LayerNode? blockInput)
    {
        var named = outputs.ToHashSet();
        var above = blockInput;
        foreach (var node in chain)
        {
            if (node.Kind == LayerNodeKind.Join)
            {
                var first = above is not null && LeftOut(node, above) is var place && place >= 0 ? place : -1;
                named.UnionWith(node.Inputs.Where((_, index) => index != first));
            }
            else if (node.Kind == LayerNodeKind.Layer && node.Inputs[0] != above)
            {
                named.Add(node.Inputs[0]);
            }

            above = node.Kind == LayerNodeKind.Constant ? above : node;
        }

        return named;
    }

    /// <summary>The input of a join that need not be named, because it is the layer above; −1: all are named.</summary>
    private static int LeftOut(LayerNode join, LayerNode above)
    {
        if (join.Inputs.Length != 2 || join.Inputs[0] == join.Inputs[1])
            return -1;
        if (join.Inputs[0] == above)
            return 0;
        return join.Inputs[1] == above && join.Attribute.Name is "Add" or "Multiply" or "Minimum" or "Maximum" ? 1 : -1;
    }

    private static Dictionary<LayerNode, string> Names(List<LayerNode> inputs, List<LayerNode> chain, HashSet<LayerNode> named)
    {
        var names = new Dictionary<LayerNode, string>();
        // A single input is "input".
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (inputs.Count == 1)
            taken.Add("input");
        foreach (var input in inputs)
            names.Add(input, inputs.Count == 1 ? "input" : Identifiers.Unique(input.PreferredName!, taken));

        var (numbered, counts) = (new Dictionary<LayerNode, string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var node in chain)
        {
            var kind = LayerKinds.Of(node.Attribute.Name);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            numbered.Add(node, kind + counts[kind].ToString(CultureInfo.InvariantCulture));
        }

        taken.UnionWith(numbered.Values);
        foreach (var node in chain)
            names.Add(node, named.Contains(node) && node.PreferredName is { } preferred ? Identifiers.Unique(preferred, taken) : numbered[node]);
        return names;
    }

    private static AttributeDeclaration Placed(LayerNode node, LayerNode? above, Dictionary<LayerNode, string> names, bool isNamed)
    {
        var attribute = node.Attribute;
        if (node.Kind == LayerNodeKind.Join)
        {
            var leftOut = above is null ? -1 : LeftOut(node, above);
            attribute = attribute with { Positional = [.. node.Inputs.Where((_, index) => index != leftOut).Select(input => (object)names[input])] };
        }
        else if (node.Kind == LayerNodeKind.Layer && node.Inputs[0] != above)
        {
            attribute = attribute.With("From", names[node.Inputs[0]]);
        }

        return isNamed ? attribute.With("Name", names[node]) : attribute;
    }
}
