using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>A layer in its place: blocks inlined, names resolved, the shape known.</summary>
/// <param name="Name">The full name, <c>block1.dense1</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The nodes that feed it, by index; below 0 the network's inputs, see <see cref="NetworkGraph.Inputs"/>.</param>
/// <param name="Shape">The shape of its output, and its windows.</param>
/// <param name="Trainable">Whether no block around it is frozen.</param>
internal sealed record LayerNode(string Name, Layer Layer, IReadOnlyList<int> Inputs, LayerShape Shape, bool Trainable)
{
    /// <summary>The steps of a sample that its output has: those of the sequence, or 1 where it gives one value for all of them.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>The shape of its output.</summary>
    public TensorType Output => Shape.Output;
}
