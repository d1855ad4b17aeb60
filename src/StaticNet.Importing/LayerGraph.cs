using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Serialization;

namespace StaticNet.Importing;

/// <summary>
/// A network as a graph of layers. It becomes a chain of attributes, in which a layer names another only if it is not the one
/// directly above it.
/// </summary>
public sealed class LayerGraph
{
    private readonly List<LayerNode> _inputs = [];

    /// <summary>Adds an input; the order of inputs is that of the declaration.</summary>
    /// <param name="name">Its name, a C# identifier.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The input.</returns>
    public LayerNode Input(string name, params ReadOnlySpan<int> shape)
    {
        var node = new LayerNode(LayerNodeKind.Input, new AttributeDeclaration("Input", Sizes(shape)), [], ImmutableArray.Create(shape)) { PreferredName = name };
        _inputs.Add(node);
        return node;
    }

    /// <summary>Adds a layer with one input.</summary>
    /// <param name="attribute">The attribute, without <c>Name</c> and <c>From</c>.</param>
    /// <param name="input">The layer whose output it takes.</param>
    /// <param name="shape">The shape of its output.</param>
    /// <returns>The layer.</returns>
    public static LayerNode Layer(AttributeDeclaration attribute, LayerNode input, params ReadOnlySpan<int> shape) =>
        new(LayerNodeKind.Layer, attribute, [input], ImmutableArray.Create(shape));

    /// <summary>Adds a layer that joins others.</summary>
    /// <param name="attribute">The attribute, without the names.</param>
    /// <param name="inputs">Two or more layers, of which some may be constants.</param>
    /// <param name="shape">The shape of its output.</param>
    /// <returns>The layer.</returns>
    public static LayerNode Join(AttributeDeclaration attribute, ImmutableArray<LayerNode> inputs, params ReadOnlySpan<int> shape) =>
        new(LayerNodeKind.Join, attribute, inputs, ImmutableArray.Create(shape));

    /// <summary>Adds a constant for joins, whose values are stored with the weights.</summary>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The constant.</returns>
    public static LayerNode Constant(float[] values, params ReadOnlySpan<int> shape) =>
        new LayerNode(LayerNodeKind.Constant, new AttributeDeclaration("Constant", Sizes(shape)), [], ImmutableArray.Create(shape)).With("value", values, shape);

    /// <summary>Writes the layers that outputs depend on as a chain of attributes.</summary>
    /// <param name="outputs">The outputs of the network, in order, each with a name; inputs and constants cannot be outputs.</param>
    /// <param name="weights">Receives the parameters by their names.</param>
    /// <returns>The attributes from the first input to the last output, and the inputs that are among them.</returns>
    public DeclaredLayers Declare(IReadOnlyList<(string Name, LayerNode Layer)> outputs, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(weights);
        FusedActivations.Fuse(InOrder([.. outputs.Select(output => output.Layer)]), [.. outputs.Select(output => output.Layer)]);
        outputs = [.. outputs.Select(output => (output.Name, output.Layer.Replacement))];
        var chain = InOrder([.. outputs.Select(output => output.Layer)]);
        var inputs = _inputs.Where(chain.Contains).ToList();
        chain.RemoveAll(node => node.Kind == LayerNodeKind.Input);
        var isLast = outputs.Count == 1 && chain.Count > 0 && outputs[0].Layer == chain[^1];
        var named = Named(chain, isLast ? [] : outputs.Select(output => output.Layer));
        var names = Names(inputs, chain, named);

        var attributes = inputs.Select(input => inputs.Count == 1 ? input.Attribute : input.Attribute.With("Name", names[input])).ToList();
        var above = inputs.Count > 0 ? inputs[^1] : null;
        foreach (var node in chain)
        {
            attributes.Add(Placed(node, above, names, named.Contains(node)));
            foreach (var tensor in node.Tensors)
                weights.Add($"{names[node]}.{tensor.Name}", tensor.Shape.AsSpan(), tensor.Values);
            above = node.Kind == LayerNodeKind.Constant ? above : node;
        }

        if (!isLast)
            attributes.AddRange(outputs.Select(output => new AttributeDeclaration("Output").With("From", names[output.Layer]).With("Name", output.Name, names[output.Layer])));
        return new DeclaredLayers(attributes, [.. inputs.Select(input => (names[input], input))]);
    }

    private static object[] Sizes(ReadOnlySpan<int> shape)
    {
        var sizes = new object[shape.Length];
        for (var index = 0; index < sizes.Length; index++)
            sizes[index] = shape[index];
        return sizes;
    }

    /// <summary>Each layer after those that it takes, the last of them directly above it where possible.</summary>
    private static List<LayerNode> InOrder(IReadOnlyList<LayerNode> outputs)
    {
        var (order, seen, open) = (new List<LayerNode>(), new HashSet<LayerNode>(), new Stack<(LayerNode Node, bool IsDone)>());
        foreach (var output in outputs.Reverse())
            open.Push((output, false));
        while (open.TryPop(out var top))
        {
            if (top.IsDone)
            {
                order.Add(top.Node);
            }
            else if (seen.Add(top.Node))
            {
                open.Push((top.Node, true));
                // Constants come last, next to their join; a layer that is taken twice is computed where it is needed first.
                foreach (var input in top.Node.Inputs.OrderBy(input => input.Kind == LayerNodeKind.Constant ? 0 : 1).ThenByDescending(input => top.Node.Inputs.IndexOf(input)))
                    open.Push((input, false));
            }
        }

        return order;
    }

    /// <summary>The layers that others name.</summary>
    private static HashSet<LayerNode> Named(List<LayerNode> chain, IEnumerable<LayerNode> outputs)
    {
        var named = outputs.ToHashSet();
        LayerNode? above = null;
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
