using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Reads and writes .npy, NumPy's format for one array.</summary>
/// <remarks>
/// <para>Format: 0x93 "NUMPY", major and minor version, the length of the header (16 bits in version 1, 32 bits in 2 and 3,
/// little-endian), the header (a Python dict with descr, fortran_order and shape), then the elements.</para>
/// <para>It reads versions 1, 2 and 3 with f2, f4, f8, i1 to i8, u1 to u8 and b1 in either byte order, and also Fortran order,
/// which is transposed to C order. Numbers of more than 16 bits that are not f4 become the nearest float; a warning reports
/// columns whose numbers floats cannot distinguish, and <see cref="NumberOptions"/> can shift them before. Everything else
/// (objects, texts, complex numbers, records) is refused. Any bytes lead to a result or a <see cref="DataFormatException"/>, and
/// memory grows only as data are read. Headers may have up to 1 MiB and 64 sizes.</para>
/// </remarks>
public static class NpyFile
{
    private const int MaxHeaderLength = 1 << 20;
    private const int HeaderAlignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file that holds one array.</summary>
    /// <param name="path">The file; .gz is recognised.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of a compressed file in bytes; null for 64 MiB, or 100 times its
    /// length if that is more.</param>
    /// <param name="numbers">How numbers of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <returns>Shape and elements.</returns>
    /// <exception cref="ArgumentException">The options name a column that the file does not have, or have a value outside its range.</exception>
    /// <exception cref="DataFormatException">The file is not valid, of a type that is not supported, or has more data after the
    /// array.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static NpyArray Load(string path, long? maxDecompressedLength = null, NumberOptions? numbers = null)
    {
        using var file = GzipFile.OpenRead(path, maxDecompressedLength);
        return InputFile.Named(path, () =>
        {
            var array = Read(file, Path.GetFileName(path), numbers);
            return file.ReadByte() < 0
                ? array
                : throw new DataFormatException($"Expected the end of the file after the array {Shapes.Format(array.Shape.AsSpan())}, but got more.");
        });
    }

    /// <summary>Reads one array from a stream and leaves the stream at its end, where another one may begin.</summary>
    /// <param name="stream">A stream to read; it stays open.</param>
    /// <param name="numbers">How numbers of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <returns>Shape and elements.</returns>
    /// <exception cref="ArgumentException">The options name a column that the array does not have, or have a value outside its range.</exception>
    /// <exception cref="DataFormatException">The bytes are not valid, or of a type that is not supported.</exception>
    public static NpyArray Read(Stream stream, NumberOptions? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, ".npy", numbers);
    }

    internal static NpyArray Read(Stream stream, string name, NumberOptions? numbers)
    {
        var header = ReadHeader(stream);
        var (type, bigEndian) = header.Element();
        if (!Shapes.TryCount(header.Shape, out var count))
            throw new DataFormatException(
                $"Expected at most {Array.MaxLength} elements; the shape {Shapes.Format(header.Shape)} has more.");
        var columns = new ColumnNumbers(type, bigEndian, header.Shape, numbers, header.FortranOrder);
        var needed = (long)count * ElementConverter.SizeOf(type);
        var came = ElementReader.ReadFloats(stream, type, bigEndian, count, out var values, columns);
        if (came < needed)
            throw new DataFormatException(
                $"Expected {needed} bytes of data for {header.Description} {Shapes.Format(header.Shape)}, but got {came}.");
        columns.Warn(name);
        if (header.FortranOrder)
            values = ToRowMajor(values, header.Shape);
        return new NpyArray(ImmutableArray.Create(header.Shape), values);
    }

    /// <summary>Writes a file in version 1 and f4, replacing an old one atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">At most 64 sizes, each 0 or more; empty for a scalar.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <exception cref="ArgumentException">Shape and values do not agree.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        using var file = new AtomicFile(path);
        Write(file.Stream, shape, values);
        file.Commit();
    }

    /// <summary>Writes one array of little-endian f4 in C order.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="shape">At most 64 sizes, each 0 or more; empty for a scalar.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="version">The version of the format, 1 to 3; every reader supports version 1.</param>
    /// <exception cref="ArgumentException">Shape and values do not agree, or there is no such version.</exception>
    public static void Write(Stream stream, ReadOnlySpan<int> shape, ReadOnlySpan<float> values, int version = 1)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Shapes.Require(shape, values.Length, nameof(shape));
        if (shape.Length > NpyHeader.MaxRank)
            throw new ArgumentException(
                $"Expected a shape of at most {NpyHeader.MaxRank} sizes, but got {shape.Length}.", nameof(shape));
        if (version is < 1 or > 3)
            throw new ArgumentException($"Expected version 1, 2 or 3 of the format, but got {version}.", nameof(version));

        stream.Write(Magic);
        stream.Write([(byte)version, 0]);
        var lengthBytes = version == 1 ? sizeof(ushort) : sizeof(uint);
        var text = HeaderText(shape, Magic.Length + 2 + lengthBytes);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        stream.Write(length[..lengthBytes]);
        stream.Write(text);
        FloatWriter.Write(stream, values);
    }

    private static byte[] HeaderText(ReadOnlySpan<int> shape, int before)
    {
        var text = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (");
        foreach (var size in shape)
            text.Append(CultureInfo.InvariantCulture, $"{size}, ");
        text.Append("), }");
        // The data are aligned, and the last byte is a line end.
        var end = (before + text.Length + 1 + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        text.Append(' ', end - before - text.Length - 1).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads the header of a .npy file and leaves the stream before the elements.</summary>
    internal static NpyHeader ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        Fill(stream, start, "the magic number");
        if (!start.StartsWith(Magic))
            throw new DataFormatException(
                $"Expected a .npy file to begin with 93 4E 55 4D 50 59; it begins with " +
                $"{Convert.ToHexString(start[..Magic.Length])}.{FileKind.Hint(start)}");
        if (start[6] is < 1 or > 3)
            throw new DataFormatException($"Expected .npy version 1, 2 or 3; it is {start[6]}.{start[7]}.");
        Span<byte> lengthBytes = stackalloc byte[sizeof(uint)];
        lengthBytes.Clear();
        Fill(stream, start[6] == 1 ? lengthBytes[..sizeof(ushort)] : lengthBytes, "the header's length");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaxHeaderLength)
            throw new DataFormatException(
                $"Expected a .npy header of at most {MaxHeaderLength} bytes; the file states {length}.");
        var read = ElementReader.ReadBytes(stream, (int)length, out var header);
        return read == length
            ? NpyHeader.Parse(header)
            : throw new DataFormatException($"Expected a .npy header of {length} bytes; the file ends after {read} of them.");
    }

    private static void Fill(Stream stream, Span<byte> bytes, string what)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new DataFormatException($"Expected {what} in {bytes.Length} bytes; the file ends after {read} of them.");
    }

    /// <summary>Transposes from Fortran order, where the first index runs fastest, to C order.</summary>
    private static float[] ToRowMajor(float[] columnMajor, int[] shape)
    {
        // An axis of one index moves nothing, and 64 of them would be counted up and back for every element.
        shape = Array.FindAll(shape, size => size != 1);
        var rowMajor = new float[columnMajor.Length];
        var strides = new int[shape.Length];
        for (int axis = 0, stride = 1; axis < shape.Length && rowMajor.Length > 0; stride *= shape[axis++])
            strides[axis] = stride;
        var index = new int[shape.Length];
        for (int i = 0, source = 0; i < rowMajor.Length; i++)
        {
            rowMajor[i] = columnMajor[source];
            // Counts up in C order, last axis first, and moves the source along.
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                source -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return rowMajor;
    }
}
