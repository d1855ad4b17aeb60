using StaticNet.Importing;
using StaticNet.Serialization;

namespace StaticNet.Audio.Drafts;

/// <summary>A network while an importer makes it: layers that know which others they take, until a declaration is written.</summary>
internal sealed class NetworkDraft(int inputs, int features = 0)
{
    private const int MostJoined = 256;

    private readonly List<DraftNode> _nodes = [];

    /// <summary>The features of each channel of the input; 0: a channel is a number.</summary>
    public int Features { get; } = features;

    /// <summary>The network's input.</summary>
    public DraftValue Input { get; } = new(-1, inputs);

    /// <summary>The network's output: the input as long as there is none.</summary>
    public DraftValue Output { get; set; } = new(-1, inputs);

    /// <summary>Adds a layer with one input.</summary>
    /// <param name="attribute">The attribute, without names.</param>
    /// <param name="kind">What the generator calls such layers: <c>dense</c>.</param>
    /// <param name="name">The name, or null for that which the generator gives.</param>
    /// <param name="input">What it takes.</param>
    /// <param name="size">The channels that it computes.</param>
    /// <returns>What it computes, and the node, for its parameters.</returns>
    public (DraftValue Output, DraftNode Node) Add(AttributeDeclaration attribute, string kind, string? name, DraftValue input, DraftSize size)
    {
        var node = new DraftNode(attribute, kind, name, [input.Node]);
        _nodes.Add(node);
        return (new DraftValue(_nodes.Count - 1, size.Used, size.All), node);
    }

    /// <summary>A dense layer.</summary>
    public DraftValue Dense(string? name, DraftValue input, DraftSize units, float[] weight, float[]? bias, Activation activation = Activation.Identity)
    {
        var attribute = new AttributeDeclaration("Dense", units.Used).With("Bias", bias is not null, true).With("Activation", activation, Activation.Identity);
        var (output, node) = Add(attribute, "dense", name, input, units);
        AddParameter(node, "weight", [units.Used, input.Channels], weight);
        if (bias is not null)
            AddParameter(node, "bias", [units.Used], bias);
        return output;
    }

    /// <summary>A causal convolution over time.</summary>
    public DraftValue CausalConvolution(
        string? name, DraftValue input, DraftSize filters, int taps, int dilation, int groups, float[] weight, float[]? bias, Activation activation = Activation.Identity)
    {
        var attribute = new AttributeDeclaration("CausalConv1D", filters.Used).With("Kernel", taps, 3).With("Dilation", taps == 1 ? 1 : dilation, 1).With("Groups", groups, 1)
            .With("Bias", bias is not null, true).With("Activation", activation, Activation.Identity);
        var (output, node) = Add(attribute, "causalConv", name, input, filters);
        AddParameter(node, "weight", [filters.Used, input.Channels / groups, taps], weight);
        if (bias is not null)
            AddParameter(node, "bias", [filters.Used], bias);
        return output;
    }

    /// <summary>A function of single elements.</summary>
    public DraftValue Apply(string? name, DraftValue input, DraftActivation function)
    {
        if (function.IsIdentity)
            return input;
        var (output, node) = Add(function.ToAttribute(), "activation", name, input, input.Size);
        if (function.Slopes is { } slopes)
            AddParameter(node, "slope", [input.Channels], slopes.Length == 1 ? [.. Enumerable.Repeat(slopes[0], input.Channels)] : [.. Enumerable.Range(0, input.Channels).Select(channel => slopes[channel % slopes.Length])]);
        return output;
    }

    /// <summary>The sum, the product or the difference of values with the same channels.</summary>
    public DraftValue Join(string function, string? name, params ReadOnlySpan<DraftValue> inputs)
    {
        if (inputs.Length == 1)
            return inputs[0];
        var first = inputs[0];
        var rest = inputs.Length > MostJoined ? inputs[..MostJoined] : inputs;
        var nodes = new int[rest.Length];
        for (var index = 0; index < nodes.Length; index++)
            nodes[index] = rest[index].Node;
        _nodes.Add(new DraftNode(new AttributeDeclaration(function), Identifiers.Camel(function, function), rest.Length < inputs.Length ? null : name, nodes) { IsJoin = true });
        var sum = new DraftValue(_nodes.Count - 1, first.Channels, first.All);
        return rest.Length == inputs.Length ? sum : Join(function, name, [sum, .. inputs[MostJoined..]]);
    }

    /// <summary>Some of the channels.</summary>
    public DraftValue Slice(string? name, DraftValue input, int start, DraftSize length) =>
        start == 0 && length.Used == input.Channels ? input : Add(new AttributeDeclaration("Slice", 0, start, length.Used), "slice", name, input, length).Output;

    /// <summary>The value times a number.</summary>
    public DraftValue Scale(DraftValue input, float factor) =>
        factor == 1 ? input : Add(new AttributeDeclaration("Rescaling", factor), "rescaling", null, input, input.Size).Output;

    /// <summary>Adds a parameter, unless weights are missing, which is told elsewhere.</summary>
    public static void AddParameter(DraftNode node, string name, ReadOnlySpan<int> shape, float[] values)
    {
        if (Product(shape) == values.Length && values.Length > 0)
            node.Parameters.Add(name, shape, values);
    }

    /// <summary>The layers that the output needs, as attributes, with their parameters and states.</summary>
    /// <param name="weights">Takes the parameters.</param>
    /// <param name="state">Takes the states.</param>
    public IReadOnlyList<AttributeDeclaration> Finish(StateDict weights, StateDict state)
    {
        var needed = new bool[_nodes.Count];
        needed[Output.Node] = true;
        for (var node = Output.Node; node >= 0; node--)
        {
            foreach (var input in needed[node] ? _nodes[node].Inputs : [])
            {
                if (input >= 0)
                    needed[input] = true;
            }
        }

        var kept = Enumerable.Range(0, Output.Node + 1).Where(node => needed[node]).ToArray();
        return new DraftWriter(_nodes, kept).Write(weights, state);
    }

    private static long Product(ReadOnlySpan<int> shape)
    {
        var product = 1L;
        foreach (var size in shape)
            product *= size;
        return product;
    }
}
