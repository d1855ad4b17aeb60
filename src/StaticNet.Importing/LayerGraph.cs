using System.Collections.Immutable;
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

    /// <summary>Writes the layers that outputs depend on as a chain of attributes, in which runs that repeat are blocks.</summary>
    /// <param name="className">The name of the network's class, with which those of blocks begin.</param>
    /// <param name="outputs">The outputs of the network, in order, each with a name; inputs and constants cannot be outputs.</param>
    /// <param name="weights">Receives the parameters by their names.</param>
    /// <returns>The attributes, the inputs among them, and the blocks.</returns>
    public DeclaredLayers Declare(string className, IReadOnlyList<(string Name, LayerNode Layer)> outputs, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(weights);
        FusedActivations.Fuse(InOrder([.. outputs.Select(output => output.Layer)]), [.. outputs.Select(output => output.Layer)]);
        outputs = [.. outputs.Select(output => (output.Name, output.Layer.Replacement))];
        var chain = InOrder([.. outputs.Select(output => output.Layer)]);
        var inputs = _inputs.Where(chain.Contains).ToList();
        chain.RemoveAll(node => node.Kind == LayerNodeKind.Input);
        var blocks = new BlockFinder(className, [.. outputs.Select(output => output.Layer)]);
        blocks.Replace(chain);
        outputs = [.. outputs.Select(output => (output.Name, output.Layer.Replacement))];

        var isLast = outputs.Count == 1 && chain.Count > 0 && outputs[0].Layer == chain[^1];
        var scope = new LayerScope(inputs, chain, isLast ? [] : outputs.Select(output => output.Layer));
        var attributes = scope.Attributes();
        scope.AddWeights("", weights);
        if (!isLast)
            attributes.AddRange(outputs.Select(output => new AttributeDeclaration("Output").With("From", scope.NameOf(output.Layer)).With("Name", output.Name, scope.NameOf(output.Layer))));
        return new DeclaredLayers(
            attributes,
            [.. inputs.Select(input => (scope.NameOf(input), input))],
            [.. blocks.Found.Select(block => new BlockDeclaration(block.Name, $"Layers that {className} has {block.Count} times.", LayerScope.OfBlock(block.First).Attributes()))]);
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
}
