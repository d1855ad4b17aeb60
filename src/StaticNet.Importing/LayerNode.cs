using System.Collections.Immutable;

namespace StaticNet.Importing;

/// <summary>A layer in a <see cref="LayerGraph"/>: an attribute whose inputs are other layers, not names.</summary>
public sealed class LayerNode
{
    private readonly List<LayerTensor> _tensors = [];

    internal LayerNode(LayerNodeKind kind, AttributeDeclaration attribute, ImmutableArray<LayerNode> inputs, ImmutableArray<int> shape) =>
        (Kind, Attribute, Inputs, Shape, Replacement) = (kind, attribute, inputs, shape, this);

    /// <summary>What the layer is in the chain of layers.</summary>
    public LayerNodeKind Kind { get; }

    /// <summary>The attribute, without <c>Name</c>, <c>From</c> and the names of joined layers.</summary>
    public AttributeDeclaration Attribute { get; set; }

    /// <summary>The layers whose outputs it takes, in order.</summary>
    public ImmutableArray<LayerNode> Inputs { get; internal set; }

    /// <summary>The shape of its output, of one to three sizes.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<LayerTensor> Tensors => _tensors;

    /// <summary>A name to give it if it needs one; null: its kind and number.</summary>
    public string? PreferredName { get; set; }

    /// <summary>The layers of a block, the last of which is its output; empty for all others.</summary>
    internal IReadOnlyList<LayerNode> Inner { get; init; } = [];

    /// <summary>The layer that computes its output: itself, or the one that it has become an argument of.</summary>
    internal LayerNode Replacement { get; set; }

    /// <summary>The number of elements of its output.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Sets a parameter.</summary>
    /// <param name="name">Its name in the layer, such as <c>weight</c>; one that is set already is replaced.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The layer.</returns>
    public LayerNode With(string name, float[] values, params ReadOnlySpan<int> shape)
    {
        _tensors.RemoveAll(tensor => tensor.Name == name);
        _tensors.Add(new LayerTensor(name, ImmutableArray.Create(shape), values));
        return this;
    }
}
