namespace StaticNet.Reference;

/// <summary>A parameter of a reference network.</summary>
/// <param name="Name">The full name, <c>dense1.weight</c>.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Trainable">Whether it has a gradient.</param>
/// <param name="Start">The value of every element at the start; null where an initialiser draws it.</param>
public sealed record ReferenceParameter(string Name, IReadOnlyList<int> Shape, bool Trainable, double? Start)
{
    /// <summary>The number of elements.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => product * size);
}
