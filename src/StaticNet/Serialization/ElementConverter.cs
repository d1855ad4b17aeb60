using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace StaticNet.Serialization;

/// <summary>Turns the bytes of a file into floats, whatever their type and byte order.</summary>
/// <remarks>
/// Every number becomes the nearest float: Float32, Float16, BFloat16, integers up to 16 bits and booleans (0 or 1) exactly,
/// wider ones rounded to nearest even, Float64 beyond the range of float to infinity.
/// </remarks>
internal static class ElementConverter
{
    private const int ScratchBytes = 4096;

    /// <summary>The size of one element in bytes.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>Converts <paramref name="destination"/>.Length elements from the start of <paramref name="source"/>.</summary>
    public static void ToFloats(ReadOnlySpan<byte> source, ElementType type, bool bigEndian, Span<float> destination)
    {
        var size = SizeOf(type);
        source = source[..checked(destination.Length * size)];
        var swap = bigEndian == BitConverter.IsLittleEndian && size > 1;
        if (type == ElementType.Float32 && !swap)
        {
            source.CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }
        // Through a scratch: the source may be misaligned, and is not ours to swap in.
        Span<ulong> aligned = stackalloc ulong[ScratchBytes / sizeof(ulong)];
        var scratch = MemoryMarshal.AsBytes(aligned);
        while (!source.IsEmpty)
        {
            var chunk = scratch[..Math.Min(ScratchBytes, source.Length)];
            source[..chunk.Length].CopyTo(chunk);
            if (swap)
                ReverseEach(chunk, size);
            ConvertNative(chunk, type, destination[..(chunk.Length / size)]);
            source = source[chunk.Length..];
            destination = destination[(chunk.Length / size)..];
        }
    }

    /// <summary>Whether numbers of a type may differ by less than floats can distinguish.</summary>
    public static bool IsWide(ElementType type) =>
        type is ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 or ElementType.Int32 or ElementType.UInt32;

    /// <summary>Converts up to 512 elements from the start of <paramref name="source"/> to doubles; integers of 64 bits become the nearest one.
    /// </summary>
    public static void ToDoubles(ReadOnlySpan<byte> source, ElementType type, bool bigEndian, Span<double> destination)
    {
        if (!IsWide(type))
        {
            Span<float> floats = stackalloc float[ScratchBytes / sizeof(ulong)];
            ToFloats(source, type, bigEndian, floats[..destination.Length]);
            TensorPrimitives.ConvertTruncating<float, double>(floats[..destination.Length], destination);
            return;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            var bytes = source.Slice(i * SizeOf(type), SizeOf(type));
            var bits = bytes.Length == sizeof(ulong)
                ? (bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes))
                : (bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            destination[i] = type switch
            {
                ElementType.Float64 => BitConverter.UInt64BitsToDouble(bits),
                ElementType.Int64 => (long)bits,
                ElementType.Int32 => (int)bits,
                _ => bits,
            };
        }
    }

    private static void ReverseEach(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            default:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private static void ConvertNative(ReadOnlySpan<byte> source, ElementType type, Span<float> destination)
    {
        switch (type)
        {
            case ElementType.Float64: Convert<double>(source, destination); break;
            case ElementType.Float32: source.CopyTo(MemoryMarshal.AsBytes(destination)); break;
            case ElementType.Float16: Convert<Half>(source, destination); break;
            case ElementType.BFloat16:
                var upperHalves = MemoryMarshal.Cast<byte, ushort>(source);
                for (var i = 0; i < destination.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)upperHalves[i] << 16);
                break;
            case ElementType.Int64: Convert<long>(source, destination); break;
            case ElementType.Int32: Convert<int>(source, destination); break;
            case ElementType.Int16: Convert<short>(source, destination); break;
            case ElementType.Int8: Convert<sbyte>(source, destination); break;
            case ElementType.UInt64: Convert<ulong>(source, destination); break;
            case ElementType.UInt32: Convert<uint>(source, destination); break;
            case ElementType.UInt16: Convert<ushort>(source, destination); break;
            case ElementType.UInt8: Convert<byte>(source, destination); break;
            default:
                for (var i = 0; i < destination.Length; i++)
                    destination[i] = source[i] == 0 ? 0f : 1f;
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> source, Span<float> destination)
        where T : unmanaged, INumberBase<T> =>
        TensorPrimitives.ConvertTruncating<T, float>(MemoryMarshal.Cast<byte, T>(source), destination);
}
