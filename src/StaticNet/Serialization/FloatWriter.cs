using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StaticNet.Serialization;

/// <summary>Writes floats as little-endian bytes.</summary>
internal static class FloatWriter
{
    // A span of bytes cannot be as long as a span of floats.
    private const int FloatsPerWrite = 1 << 16;

    public static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        var swapped = BitConverter.IsLittleEndian ? [] : new int[Math.Min(values.Length, FloatsPerWrite)];
        for (; !values.IsEmpty; values = values[Math.Min(values.Length, FloatsPerWrite)..])
        {
            var chunk = MemoryMarshal.Cast<float, int>(values[..Math.Min(values.Length, FloatsPerWrite)]);
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(chunk, swapped);
                chunk = swapped.AsSpan(0, chunk.Length);
            }
            stream.Write(MemoryMarshal.AsBytes(chunk));
        }
    }
}
