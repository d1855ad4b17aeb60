using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>A loss in its place.</summary>
internal sealed record LossNode(LossSpec Loss, int From, TensorType Type)
{
    /// <summary>For a loss that takes the class of another one: the number of that one in the list.</summary>
    public int ClassOf { get; init; } = -1;
}
