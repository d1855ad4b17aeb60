using StaticNet.Data;

namespace StaticNet.Serialization;

/// <summary>
/// Reads a stated number of elements from a stream without trusting the statement: memory grows only as data comes.
/// </summary>
internal static class ElementReader
{
    private const int ChunkBytes = 1 << 16;
    private const int FirstCapacity = 1 << 18;

    /// <summary>Reads <paramref name="count"/> elements as floats.</summary>
    /// <param name="stream">Where they come from.</param>
    /// <param name="type">What they are.</param>
    /// <param name="bigEndian">Their byte order.</param>
    /// <param name="count">Their number.</param>
    /// <param name="values">The floats.</param>
    /// <param name="columns">How those of a column become floats; null for the nearest ones.</param>
    /// <returns>The bytes that came: count × size if the stream had them, fewer if it ended before.</returns>
    public static long ReadFloats(Stream stream, ElementType type, bool bigEndian, int count, out float[] values, ColumnNumbers? columns = null)
    {
        var size = ElementConverter.SizeOf(type);
        var needed = (long)count * size;
        if (EndsBefore(stream, needed, out var remaining))
        {
            values = [];
            return remaining;
        }
        values = new float[stream.CanSeek ? count : Math.Min(count, FirstCapacity)];
        var chunk = new byte[(int)Math.Min(needed, ChunkBytes)];
        for (var done = 0; done < count;)
        {
            var elements = Math.Min(count - done, ChunkBytes / size);
            var read = stream.ReadAtLeast(chunk.AsSpan(0, elements * size), elements * size, throwOnEndOfStream: false);
            if (read < elements * size)
                return ((long)done * size) + read;
            GrowTo(ref values, done + elements, count);
            if (columns is null)
                ElementConverter.ToFloats(chunk, type, bigEndian, values.AsSpan(done, elements));
            else
                columns.Convert(chunk, done, values.AsSpan(done, elements), watches: true);
            done += elements;
        }
        return needed;
    }

    /// <summary>Reads <paramref name="count"/> bytes as they are.</summary>
    /// <returns>The bytes that came: count if the stream had them, fewer if it ended before.</returns>
    public static long ReadBytes(Stream stream, int count, out byte[] values)
    {
        if (EndsBefore(stream, count, out var remaining))
        {
            values = [];
            return remaining;
        }
        values = new byte[stream.CanSeek ? count : Math.Min(count, FirstCapacity)];
        for (var done = 0; done < count;)
        {
            GrowTo(ref values, done + 1, count);
            var read = stream.Read(values.AsSpan(done));
            if (read == 0)
                return done;
            done += read;
        }
        return count;
    }

    private static bool EndsBefore(Stream stream, long needed, out long remaining)
    {
        (stream as GzipReader)?.Require(needed);
        remaining = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : long.MaxValue;
        return remaining < needed;
    }

    /// <summary>Doubles the array until it holds <paramref name="needed"/>, but never beyond <paramref name="final"/>.</summary>
    private static void GrowTo<T>(ref T[] array, int needed, int final)
    {
        if (needed > array.Length)
            Array.Resize(ref array, (int)Math.Min(final, Math.Max(needed, 2L * array.Length)));
    }
}
