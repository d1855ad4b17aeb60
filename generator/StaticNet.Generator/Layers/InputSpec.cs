using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An input as declared.</summary>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Name">Its name; null when not given.</param>
/// <param name="Before">The number of layers declared before it: the next one takes it, unless that one names what it takes.</param>
internal sealed record InputSpec(EquatableArray<int> Shape, string? Name = null, int Before = 0);
