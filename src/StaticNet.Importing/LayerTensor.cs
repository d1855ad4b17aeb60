using System.Collections.Immutable;

namespace StaticNet.Importing;

/// <summary>A parameter of a layer.</summary>
/// <param name="Name">Its name in the layer, such as <c>weight</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its values, row-major.</param>
public sealed record LayerTensor(string Name, ImmutableArray<int> Shape, float[] Values);
