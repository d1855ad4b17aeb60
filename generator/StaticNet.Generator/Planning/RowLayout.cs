using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Planning;

/// <summary>
/// How a value is laid out in memory: rows of its last axis, each padded to whole panels. The padding of every row is written
/// with it; in gradients it is zero.
/// </summary>
/// <param name="Rows">The rows of a sample.</param>
/// <param name="Width">The elements of a row.</param>
/// <param name="Stride">The floats from row to row.</param>
/// <param name="IsTight">Whether rows follow each other without padding, as the user's spans hold them.</param>
internal sealed record RowLayout(int Rows, int Width, int Stride, bool IsTight)
{
    /// <summary>The floats of a sample.</summary>
    public int SampleLength => checked(Rows * Stride);

    /// <summary>Whether the elements of a sample follow each other without a gap.</summary>
    public bool IsContiguous => Rows == 1 || Width == Stride;

    public static RowLayout Padded(TensorType type) => new(type.Rows, type.Last, Lanes.Pad(type.Last), false);

    public static RowLayout Tight(TensorType type) => new(type.Rows, type.Last, type.Last, true);
}
