using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An input as declared.</summary>
/// <param name="Shape">The shape of one sample, or of one step of a sequence.</param>
/// <param name="Name">Its name; null when not given.</param>
/// <param name="Before">The number of layers declared before it: the next one takes it, unless that one names what it takes.</param>
/// <param name="Steps">The steps of a sample; 1: it is no sequence.</param>
internal sealed record InputSpec(EquatableArray<int> Shape, string? Name = null, int Before = 0, int Steps = 1);
