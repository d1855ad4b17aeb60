using System.Numerics.Tensors;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>The elements of a file without a header; see <see cref="MappedSource.OpenRaw"/>.</summary>
public enum RawType
{
    /// <summary>Bytes, 0 to 255.</summary>
    UInt8,

    /// <summary>Floats of 4 bytes, little-endian.</summary>
    Float32,
}

/// <summary>
/// Samples in a file of inputs and one of targets that are mapped into memory: the operating system reads what a batch needs and
/// keeps what memory allows, so the files may be larger than memory.
/// </summary>
/// <remarks>
/// The files stay open until the source is disposed, must not be compressed, and must not change during that time. Opening checks
/// their headers and lengths, and warns about columns whose numbers, in the first rows, floats cannot distinguish. Gathering
/// converts and scales, allocates nothing, and may be done on several threads at the same time.
/// </remarks>
public sealed class MappedSource : DataSource, IDisposable
{
    private readonly MappedArray _inputs;
    private readonly MappedArray _targets;
    private readonly float _scale;

    private MappedSource(MappedArray inputs, MappedArray targets, float scale)
    {
        if (inputs.Rows != targets.Rows)
            throw new ArgumentException($"Expected as many targets as inputs; there are {targets.Rows} targets and {inputs.Rows} inputs.");
        _inputs = inputs;
        _targets = targets;
        _scale = scale;
    }

    /// <inheritdoc/>
    public override int Count => _inputs.Rows;

    /// <inheritdoc/>
    public override int InputLength => _inputs.RowLength;

    /// <inheritdoc/>
    public override int TargetLength => _targets.RowLength;

    /// <summary>Opens an IDX file with inputs and one with targets, as used for MNIST and similar data.</summary>
    /// <param name="inputsPath">The inputs, one sample for each index of the first axis; not compressed.</param>
    /// <param name="targetsPath">The targets, as many as the inputs; not compressed.</param>
    /// <param name="scale">A factor for every input; 1/255 scales bytes to 0..1.</param>
    /// <param name="inputNumbers">How inputs of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <param name="targetNumbers">The same for the targets.</param>
    /// <returns>A source to dispose; its samples are those of <see cref="DataSet.FromIdx"/> bit for bit.</returns>
    /// <exception cref="DataFormatException">A file is not valid, or shorter or longer than its header says.</exception>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ, or the options do not fit a file.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static MappedSource OpenIdx(
        string inputsPath, string targetsPath, float scale = 1f / 255f, NumberOptions? inputNumbers = null, NumberOptions? targetNumbers = null) =>
        Open(inputsPath, IdxShape, targetsPath, IdxShape, scale, inputNumbers, targetNumbers);

    /// <summary>Opens a .npy file with inputs and one with targets.</summary>
    /// <param name="inputsPath">The inputs in C order, one sample for each index of the first axis.</param>
    /// <param name="targetsPath">The targets in C order, as many as the inputs.</param>
    /// <param name="scale">A factor for every input.</param>
    /// <param name="inputNumbers">How inputs of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <param name="targetNumbers">The same for the targets.</param>
    /// <returns>A source to dispose.</returns>
    /// <exception cref="DataFormatException">A file is not valid, in Fortran order, or shorter or longer than its header
    /// says.</exception>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ, or the options do not fit a file.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static MappedSource OpenNpy(
        string inputsPath, string targetsPath, float scale = 1f, NumberOptions? inputNumbers = null, NumberOptions? targetNumbers = null) =>
        Open(inputsPath, NpyShape, targetsPath, NpyShape, scale, inputNumbers, targetNumbers);

    /// <summary>Opens two files of numbers without headers, row after row.</summary>
    /// <param name="inputsPath">The inputs.</param>
    /// <param name="inputType">The type of the inputs.</param>
    /// <param name="inputLength">Numbers per input, 1 or more.</param>
    /// <param name="targetsPath">The targets, as many as the inputs.</param>
    /// <param name="targetType">The type of the targets.</param>
    /// <param name="targetLength">Numbers per target, 1 or more.</param>
    /// <param name="scale">A factor for every input.</param>
    /// <returns>A source to dispose.</returns>
    /// <exception cref="DataFormatException">A file does not consist of whole rows.</exception>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static MappedSource OpenRaw(
        string inputsPath, RawType inputType, int inputLength, string targetsPath, RawType targetType, int targetLength, float scale = 1f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        return Open(
            inputsPath,
            file => RawShape(file, inputType, inputLength),
            targetsPath,
            file => RawShape(file, targetType, targetLength),
            scale);
    }

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        Require(samples, InputLength, inputs);
        _inputs.Gather(samples, inputs);
        if (_scale != 1f)
            TensorPrimitives.Multiply(inputs, _scale, inputs);
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, TargetLength, targets);
        _targets.Gather(samples, targets);
    }

    /// <summary>Closes the files; nothing can be gathered afterwards.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
    }

    private static MappedSource Open(
        string inputsPath,
        Func<Stream, MappedShape> inputShape,
        string targetsPath,
        Func<Stream, MappedShape> targetShape,
        float scale,
        NumberOptions? inputNumbers = null,
        NumberOptions? targetNumbers = null)
    {
        ArgumentNullException.ThrowIfNull(inputsPath);
        ArgumentNullException.ThrowIfNull(targetsPath);
        if (!float.IsFinite(scale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "Expected a finite scale.");
        MappedArray? inputs = null;
        MappedArray? targets = null;
        try
        {
            inputs = MappedArray.Open(inputsPath, inputShape, inputNumbers);
            targets = MappedArray.Open(targetsPath, targetShape, targetNumbers);
            return new MappedSource(inputs, targets, scale);
        }
        catch
        {
            inputs?.Dispose();
            targets?.Dispose();
            throw;
        }
    }

    private static MappedShape IdxShape(Stream file)
    {
        var (_, type, shape) = IdxFile.ReadHeader(file);
        return MappedShape.Of(shape.AsSpan(), type, bigEndian: true);
    }

    private static MappedShape NpyShape(Stream file)
    {
        var header = NpyFile.ReadHeader(file);
        var (type, bigEndian) = header.Element();
        return header.FortranOrder && header.Shape.Length > 1
            ? throw new DataFormatException("Expected an array in C order, whose samples lie side by side; it is in Fortran order.")
            : MappedShape.Of(header.Shape, type, bigEndian);
    }

    private static MappedShape RawShape(Stream file, RawType rawType, int length)
    {
        var type = rawType switch
        {
            RawType.UInt8 => ElementType.UInt8,
            RawType.Float32 => ElementType.Float32,
            _ => throw new ArgumentOutOfRangeException(nameof(rawType), rawType, "Expected bytes or floats."),
        };
        var row = (long)length * ElementConverter.SizeOf(type);
        if (file.Length % row != 0 || file.Length / row > int.MaxValue)
            throw new DataFormatException(
                $"Expected at most {int.MaxValue} rows of {row} bytes; the file has {file.Length} bytes.");
        return new MappedShape((int)(file.Length / row), length, type, BigEndian: false);
    }
}
