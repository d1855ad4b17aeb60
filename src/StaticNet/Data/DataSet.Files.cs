using System.Numerics.Tensors;

namespace StaticNet.Data;

/// <content>Data sets from files.</content>
public sealed partial class DataSet
{
    /// <summary>Makes a data set from an IDX file with inputs and one with targets, as used for MNIST and similar data.</summary>
    /// <param name="inputsPath">The inputs, one sample for each index of the first axis; .gz is recognised.</param>
    /// <param name="targetsPath">The targets, as many as the inputs; .gz is recognised.</param>
    /// <param name="scale">A factor for every input; 1/255 scales bytes to 0..1.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed file in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <param name="inputNumbers">How inputs of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <param name="targetNumbers">The same for the targets.</param>
    /// <returns>A data set without sample weights.</returns>
    /// <exception cref="DataFormatException">A file is not valid, is a single number, or holds empty samples.</exception>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ, or the options do not fit a file.</exception>
    public static DataSet FromIdx(
        string inputsPath, string targetsPath, float scale = 1f / 255f, long? maxDecompressedLength = null, NumberOptions? inputNumbers = null, NumberOptions? targetNumbers = null)
    {
        var inputs = IdxFile.Load(inputsPath, maxDecompressedLength, inputNumbers);
        var targets = IdxFile.Load(targetsPath, maxDecompressedLength, targetNumbers);
        TensorPrimitives.Multiply(inputs.Values, scale, inputs.Values);
        return FromArrays(inputs.Shape.AsSpan(), inputs.Values, targets.Shape.AsSpan(), targets.Values);
    }

    /// <summary>Makes a data set from a .npy file with inputs and one with targets.</summary>
    /// <param name="inputsPath">The inputs, one sample for each index of the first axis; .gz is recognised.</param>
    /// <param name="targetsPath">The targets, as many as the inputs; .gz is recognised.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed file in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <param name="inputNumbers">How inputs of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <param name="targetNumbers">The same for the targets.</param>
    /// <returns>A data set without sample weights.</returns>
    /// <exception cref="DataFormatException">A file is not valid, is a scalar, or holds empty samples.</exception>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ, or the options do not fit a file.</exception>
    public static DataSet FromNpy(
        string inputsPath, string targetsPath, long? maxDecompressedLength = null, NumberOptions? inputNumbers = null, NumberOptions? targetNumbers = null)
    {
        var inputs = NpyFile.Load(inputsPath, maxDecompressedLength, inputNumbers);
        var targets = NpyFile.Load(targetsPath, maxDecompressedLength, targetNumbers);
        return FromArrays(inputs.Shape.AsSpan(), inputs.Values, targets.Shape.AsSpan(), targets.Values);
    }

    /// <summary>Makes a data set from two arrays of a .npz file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">The name of the inputs, one sample for each index of the first axis.</param>
    /// <param name="targets">The name of the targets, as many as the inputs.</param>
    /// <param name="maxDecompressedLength">The most bytes that both arrays together may become; null for 64 MiB, or 100 times the file's
    /// length if that is more.</param>
    /// <param name="inputNumbers">How inputs of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <param name="targetNumbers">The same for the targets.</param>
    /// <returns>A data set without sample weights.</returns>
    /// <exception cref="DataFormatException">The file is not valid, or an array is a single number or holds empty samples.</exception>
    /// <exception cref="ArgumentException">The file has no array of a name, the numbers of inputs and targets differ, or the options do not
    /// fit an array.</exception>
    public static DataSet FromNpz(
        string path, string inputs = "x", string targets = "y", long? maxDecompressedLength = null, NumberOptions? inputNumbers = null, NumberOptions? targetNumbers = null)
    {
        var (x, y) = NpzFile.LoadTwo(path, inputs, targets, maxDecompressedLength, inputNumbers, targetNumbers);
        return FromArrays(x.Shape.AsSpan(), x.Values, y.Shape.AsSpan(), y.Values);
    }

    private static DataSet FromArrays(
        ReadOnlySpan<int> inputShape, float[] inputs, ReadOnlySpan<int> targetShape, float[] targets)
    {
        var inputLength = SampleLength(inputShape, inputs.Length, "inputs");
        var targetLength = SampleLength(targetShape, targets.Length, "targets");
        return new DataSet(inputLength, targetLength, inputs, targets);
    }

    private static int SampleLength(ReadOnlySpan<int> shape, int count, string what)
    {
        if (shape.IsEmpty)
            throw new DataFormatException(
                $"Expected one of the {what} for each index of the first axis; the file holds a single number.");
        if (shape[1..].Contains(0))
            throw new DataFormatException($"Expected {what} of at least one number; they have none.");
        if (shape[0] > 0)
            return count / shape[0];
        return Serialization.Shapes.TryCount(shape[1..], out var length)
            ? length
            : throw new DataFormatException($"Expected {what} of at most {Array.MaxLength} numbers; they have more.");
    }
}
