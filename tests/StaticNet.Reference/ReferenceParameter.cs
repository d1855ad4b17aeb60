namespace StaticNet.Reference;

/// <summary>A parameter of a reference network, or a statistic, which has no gradient.</summary>
/// <param name="Name">The full name, <c>dense1.weight</c>.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Kind">What it is to its layer.</param>
/// <param name="Trainable">Whether it has a gradient.</param>
/// <param name="Start">The value of every element at the start; null where an initialiser draws it.</param>
public sealed record ReferenceParameter(
    string Name, IReadOnlyList<int> Shape, ParameterKind Kind, bool Trainable, double? Start)
{
    /// <summary>The number of elements.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Which elements there are, where that is not all: the others are zero and stay so.</summary>
    public IReadOnlyList<bool>? Connected { get; init; }
}
