using System.Buffers.Binary;
using StaticNet.Onnx.Schema;
using DataType = StaticNet.Onnx.Schema.TensorProto.Types.DataType;

namespace StaticNet.Onnx.Reading;

/// <summary>Reads the numbers of a tensor from a model, or from a file next to it.</summary>
/// <param name="folder">The folder of the model, in which external data must be; null if there is none.</param>
internal sealed class TensorReader(string? folder)
{
    /// <summary>The bytes of external files, each read once; null: the whole file is being read.</summary>
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="ModelFaultException">Its data is not what its type and shape say, or is of a type that is not supported.</exception>
    public Tensor Read(TensorProto tensor)
    {
        var shape = ShapeOf(tensor);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var type = (DataType)tensor.DataType;
        var size = SizeOf(type);
        if (size == 0)
            throw new ModelFaultException($"its elements are of the type {type}, which is not supported");
        var raw = tensor.DataLocation == TensorProto.Types.DataLocation.External ? External(tensor, count * size)
            : tensor.HasRawData ? tensor.RawData.Memory : (ReadOnlyMemory<byte>?)null;
        if (raw is { } bytes)
        {
            return bytes.Length == count * size
                ? FromRaw(bytes.Span, type, shape, (int)count)
                : throw new ModelFaultException($"its shape [{string.Join(", ", shape)}] needs {count * size} bytes, but it has {bytes.Length}");
        }

        var listed = type switch
        {
            DataType.Float => tensor.FloatData.Count,
            DataType.Double => tensor.DoubleData.Count,
            DataType.Int64 => tensor.Int64Data.Count,
            DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
            _ => tensor.Int32Data.Count,
        };
        return listed == count
            ? FromList(tensor, type, shape)
            : throw new ModelFaultException($"its shape [{string.Join(", ", shape)}] needs {count} numbers, but it has {listed}");
    }

    private static int[] ShapeOf(TensorProto tensor)
    {
        var product = 1L;
        foreach (var size in tensor.Dims)
        {
            if (size is < 0 or > int.MaxValue)
                throw new ModelFaultException($"its shape [{string.Join(", ", tensor.Dims)}] has a size that is not from 0 to {int.MaxValue}");
            product = Math.Min(product * Math.Max(size, 1), int.MaxValue);
        }

        return product < int.MaxValue && tensor.Dims.Count <= 64
            ? [.. tensor.Dims.Select(size => (int)size)]
            : throw new ModelFaultException("it has more elements than an array can have");
    }

    private static int SizeOf(DataType type) => type switch
    {
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        _ => 0,
    };

    private static Tensor FromRaw(ReadOnlySpan<byte> bytes, DataType type, int[] shape, int count)
    {
        if (type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16)
        {
            var floats = new float[count];
            for (var index = 0; index < count; index++)
            {
                floats[index] = type switch
                {
                    DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes[(index * 4)..]),
                    DataType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(index * 8)..]),
                    DataType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(index * 2)..]),
                    _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 2)..]) << 16),
                };
            }

            return Tensor.Of(floats, shape);
        }

        var integers = new long[count];
        for (var index = 0; index < count; index++)
        {
            integers[index] = type switch
            {
                DataType.Uint8 => bytes[index],
                DataType.Int8 => (sbyte)bytes[index],
                DataType.Bool => bytes[index] == 0 ? 0 : 1,
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 2)..]),
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes[(index * 2)..]),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes[(index * 4)..]),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * 4)..]),
                _ => BinaryPrimitives.ReadInt64LittleEndian(bytes[(index * 8)..]),
            };
        }

        return type == DataType.Bool ? Tensor.OfBooleans(integers, shape) : Tensor.Of(integers, shape);
    }

    private static Tensor FromList(TensorProto tensor, DataType type, int[] shape) => type switch
    {
        DataType.Float => Tensor.Of([.. tensor.FloatData], shape),
        DataType.Double => Tensor.Of([.. tensor.DoubleData.Select(value => (float)value)], shape),
        DataType.Float16 => Tensor.Of([.. tensor.Int32Data.Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))], shape),
        DataType.Bfloat16 => Tensor.Of([.. tensor.Int32Data.Select(bits => BitConverter.Int32BitsToSingle(bits << 16))], shape),
        DataType.Int64 => Tensor.Of([.. tensor.Int64Data], shape),
        DataType.Uint32 or DataType.Uint64 => Tensor.Of([.. tensor.Uint64Data.Select(value => (long)value)], shape),
        DataType.Bool => Tensor.OfBooleans([.. tensor.Int32Data.Select(value => value == 0 ? 0L : 1L)], shape),
        _ => Tensor.Of([.. tensor.Int32Data.Select(value => (long)value)], shape),
    };

    /// <summary>Data in a file next to the model: never one above its folder, for a model may come from anywhere.</summary>
    private ReadOnlyMemory<byte> External(TensorProto tensor, long expected)
    {
        var settings = tensor.ExternalData.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        if (!settings.TryGetValue("location", out var location) || string.IsNullOrEmpty(location))
            throw new ModelFaultException("its data is in another file, but the model does not say in which");
        if (folder is null)
            throw new ModelFaultException($"its data is in the file {location}, but the model was not read from a folder");
        var offset = Number("offset", 0);
        var length = Number("length", expected);
        if (length != expected)
            throw new ModelFaultException($"its shape needs {expected} bytes, but the model takes {length} from {location}");
        var bytes = FileBytes(location);
        return offset <= bytes.Length - length
            ? bytes.AsMemory((int)offset, (int)length)
            : throw new ModelFaultException($"its data is {length} bytes from byte {offset} of {location} on, but that file has only {bytes.Length}");

        long Number(string key, long otherwise)
        {
            if (!settings.TryGetValue(key, out var text))
                return otherwise;
            return long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ModelFaultException($"the {key} of its data is '{text}', which is not a number");
        }
    }

    private byte[] FileBytes(string location)
    {
        if (_files.TryGetValue(location, out var known))
            return known;
        var root = Path.GetFullPath(folder!);
        var rooted = root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar;
        string path;
        try
        {
            path = Path.GetFullPath(Path.Combine(root, location));
        }
        catch (ArgumentException)
        {
            throw new ModelFaultException("its data is in another file, whose name is not valid");
        }

        if (Path.IsPathRooted(location) || !path.StartsWith(rooted, StringComparison.Ordinal) || LeadsOut(path, rooted))
            throw new ModelFaultException($"its data is in the file {location}, which is not in the folder of the model");
        try
        {
            return _files[location] = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ModelFaultException($"its data is in the file {location}, which cannot be read: {e.Message}");
        }
    }

    /// <summary>Whether the file, or a folder on the way to it, is a link that leads out of the folder.</summary>
    private static bool LeadsOut(string path, string rooted)
    {
        for (var part = path; part.Length > rooted.Length; part = Path.GetDirectoryName(part) ?? "")
        {
            var info = Directory.Exists(part) ? (FileSystemInfo)new DirectoryInfo(part) : new FileInfo(part);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target && !target.FullName.StartsWith(rooted, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
