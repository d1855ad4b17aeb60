using System.Collections.Immutable;

namespace StaticNet.Data;

/// <summary>The content of a .npy file as floats.</summary>
/// <param name="Shape">The sizes; empty for a scalar.</param>
/// <param name="Values">The elements in row-major (C) order; as many as the product of <paramref name="Shape"/>.</param>
public sealed record NpyArray(ImmutableArray<int> Shape, float[] Values);
