using System.Buffers.Binary;
using System.Collections.Immutable;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Reads IDX, the format of MNIST and similar data, plain or compressed with gzip.</summary>
/// <remarks>
/// <para>Format: bytes 0, 0, type, rank; then the sizes as big-endian 32-bit numbers; then the elements, row-major and
/// big-endian. Types: 08 unsigned byte, 09 signed byte, 0B 16-bit, 0C 32-bit integer, 0D float, 0E double.</para>
/// <para>Any bytes lead to a result or a <see cref="DataFormatException"/>. The sizes state exactly how much data there is: more
/// or less is refused, and memory grows only as data are read, so a wrong header costs little. The decompressed length of a
/// compressed file is limited. Gzip is recognised by its first bytes (in a stream, if it can seek). 32-bit integers and doubles
/// become the nearest float, everything else is exact. A warning reports columns whose numbers floats cannot distinguish;
/// <see cref="NumberOptions"/> can shift them before.</para>
/// </remarks>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a file as floats.</summary>
    /// <param name="path">The file; .gz is recognised.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed file in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <param name="numbers">How numbers of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <returns>Shape and elements.</returns>
    /// <exception cref="ArgumentException">The options name a column that the file does not have, or have a value outside its range.</exception>
    /// <exception cref="DataFormatException">The file is not valid.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static IdxTensor Load(string path, long? maxDecompressedLength = null, NumberOptions? numbers = null)
    {
        using var file = InputFile.OpenRead(path);
        return InputFile.Named(path, () => Read(file, Path.GetFileName(path), maxDecompressedLength, numbers));
    }

    /// <summary>Reads a stream from its position to its end as floats.</summary>
    /// <param name="stream">A stream to read; it stays open.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed stream in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <param name="numbers">How numbers of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <returns>Shape and elements.</returns>
    /// <exception cref="ArgumentException">The options name a column that the file does not have, or have a value outside its range.</exception>
    /// <exception cref="DataFormatException">The bytes are not valid.</exception>
    public static IdxTensor Read(Stream stream, long? maxDecompressedLength = null, NumberOptions? numbers = null) =>
        Read(stream, "IDX", maxDecompressedLength, numbers);

    private static IdxTensor Read(Stream stream, string name, long? maxDecompressedLength, NumberOptions? numbers) => Guarded(stream, maxDecompressedLength, stream =>
    {
        var (code, type, shape) = ReadHeader(stream);
        var count = CountOf(shape);
        var columns = new ColumnNumbers(type, bigEndian: true, shape.AsSpan(), numbers);
        var needed = (long)count * ElementConverter.SizeOf(type);
        var came = ElementReader.ReadFloats(stream, type, bigEndian: true, count, out var values, columns);
        RequireEnd(stream, needed, came, code, shape);
        columns.Warn(name);
        return new IdxTensor(shape, values);
    });

    /// <summary>Reads a file of unsigned bytes without converting them.</summary>
    /// <param name="path">The file; .gz is recognised.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed file in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <returns>Shape and bytes.</returns>
    /// <exception cref="DataFormatException">The file is not valid, or of another type.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static IdxBytes LoadBytes(string path, long? maxDecompressedLength = null)
    {
        using var file = InputFile.OpenRead(path);
        return InputFile.Named(path, () => ReadBytes(file, maxDecompressedLength));
    }

    /// <summary>Reads a stream of unsigned bytes from its position to its end without converting them.</summary>
    /// <param name="stream">A stream to read; it stays open.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed stream in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <returns>Shape and bytes.</returns>
    /// <exception cref="DataFormatException">The bytes are not valid, or of another type.</exception>
    public static IdxBytes ReadBytes(Stream stream, long? maxDecompressedLength = null) => Guarded(stream, maxDecompressedLength, static stream =>
    {
        var (code, _, shape) = ReadHeader(stream);
        if (code != UnsignedByte)
            throw new DataFormatException($"Expected IDX type 0x08, unsigned bytes; the type is 0x{code:X2}.");
        var count = CountOf(shape);
        var came = ElementReader.ReadBytes(stream, count, out var values);
        RequireEnd(stream, count, came, code, shape);
        return new IdxBytes(shape, values);
    });

    private static T Guarded<T>(Stream stream, long? maxDecompressedLength, Func<Stream, T> read)
    {
        var plain = GzipFile.Decompress(stream, maxDecompressedLength);
        using var toDispose = plain == stream ? null : plain;
        try
        {
            return read(plain);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(e.Message, e);
        }
    }

    /// <summary>Reads the header of an IDX file and leaves the stream before the elements, which may be more than an array holds.
    /// </summary>
    internal static (byte Code, ElementType Type, ImmutableArray<int> Shape) ReadHeader(Stream stream)
    {
        Span<byte> magic = stackalloc byte[4];
        Fill(stream, magic, "the magic number");
        if (magic[0] != 0 || magic[1] != 0)
            throw new DataFormatException(
                $"Expected an IDX file to begin with 0x00 0x00; it begins with 0x{magic[0]:X2} 0x{magic[1]:X2}.{FileKind.Hint(magic)}");
        var type = TypeOf(magic[2])
            ?? throw new DataFormatException(
                $"Expected an IDX type of 0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E; it is 0x{magic[2]:X2}.");

        Span<byte> bytes = stackalloc byte[byte.MaxValue * sizeof(uint)];
        bytes = bytes[..(magic[3] * sizeof(uint))];
        Fill(stream, bytes, $"{magic[3]} sizes");
        var shape = new int[magic[3]];
        for (var i = 0; i < shape.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(i * sizeof(uint))..]);
            if (size > int.MaxValue)
                throw new DataFormatException($"Expected sizes up to {int.MaxValue}; size {i} is {size}.");
            shape[i] = (int)size;
        }
        return (magic[2], type, ImmutableArray.Create(shape));
    }

    private static int CountOf(ImmutableArray<int> shape) => Shapes.TryCount(shape.AsSpan(), out var count)
        ? count
        : throw new DataFormatException(
            $"Expected at most {Array.MaxLength} elements; the shape {Shapes.Format(shape.AsSpan())} has more.");

    private static void Fill(Stream stream, Span<byte> bytes, string what)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new DataFormatException(
                $"Expected {what} of the IDX header in {bytes.Length} bytes; the file ends after {read} of them.");
    }

    private static void RequireEnd(Stream stream, long needed, long came, byte code, ImmutableArray<int> shape)
    {
        var expected = $"Expected {needed} bytes of data for IDX type 0x{code:X2} and shape {Shapes.Format(shape.AsSpan())}";
        if (came < needed)
            throw new DataFormatException($"{expected}, but got {came}.");
        if (stream.ReadByte() >= 0)
            throw new DataFormatException($"{expected}, but got more.");
    }

    private static ElementType? TypeOf(byte code) => code switch
    {
        UnsignedByte => ElementType.UInt8,
        0x09 => ElementType.Int8,
        0x0B => ElementType.Int16,
        0x0C => ElementType.Int32,
        0x0D => ElementType.Float32,
        0x0E => ElementType.Float64,
        _ => null,
    };
}
