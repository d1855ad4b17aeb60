using System.Collections.Immutable;

namespace StaticNet.Data;

/// <summary>The content of an IDX file as floats.</summary>
/// <param name="Shape">The sizes; the first is usually the number of samples. Empty for a single number.</param>
/// <param name="Values">The elements in row-major order; as many as the product of <paramref name="Shape"/>.</param>
public sealed record IdxTensor(ImmutableArray<int> Shape, float[] Values);

/// <summary>The content of an IDX file of unsigned bytes, as it is.</summary>
/// <param name="Shape">The sizes; the first is usually the number of samples. Empty for a single number.</param>
/// <param name="Values">The elements in row-major order; as many as the product of <paramref name="Shape"/>.</param>
public sealed record IdxBytes(ImmutableArray<int> Shape, byte[] Values);
