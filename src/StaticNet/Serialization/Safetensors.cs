using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using StaticNet.Data;

namespace StaticNet.Serialization;

/// <summary>
/// Reads and writes the safetensors format: a JSON header with names, types, shapes and offsets, then the bare numbers.
/// </summary>
/// <remarks>
/// <para>Reading accepts any bytes: the result is a state dict or a <see cref="SafetensorsException"/>, and memory grows only
/// with the bytes that really exist. Tensors are in the order of their data. F32 is kept to the bit; F64, F16, BF16, I8 to I64,
/// U8 to U64 and BOOL become the nearest float (exactly, up to 16 bits per number). Fields of an entry that the format does not
/// define are skipped.</para>
/// <para>Writing is F32, in the order of the state dict. The header is padded with spaces to a multiple of 8 bytes, so every
/// tensor is aligned. Source: the safetensors format as published with its reference implementation.</para>
/// </remarks>
public static class Safetensors
{
    private const int HeaderAlignment = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a file, replacing an old one atomically: after a crash, it has either the old content or the
    /// new.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The tensors and the metadata.</param>
    /// <exception cref="ArgumentException">The state dict cannot be written: a tensor is named <c>__metadata__</c>, text
    /// is not valid UTF-16, or the header would be longer than 100,000,000 bytes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var file = new AtomicFile(path);
        Write(file.Stream, state);
        file.Commit();
    }

    /// <summary>Writes to a stream, from its position on.</summary>
    /// <param name="stream">A stream to write; it stays open.</param>
    /// <param name="state">The tensors and the metadata.</param>
    /// <exception cref="ArgumentException">As for <see cref="Save"/>.</exception>
    public static void Write(Stream stream, StateDict state)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(state);
        var header = HeaderOf(state);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in state)
            FloatWriter.Write(stream, tensor.Values);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors and the metadata.</returns>
    /// <exception cref="SafetensorsException">The file is not valid.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static StateDict Load(string path)
    {
        using var stream = InputFile.OpenRead(path);
        try
        {
            return Read(stream);
        }
        catch (SafetensorsException exception)
        {
            throw new SafetensorsException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a stream from its position to its end; it need not be seekable.</summary>
    /// <param name="stream">A stream to read; it stays open.</param>
    /// <returns>The tensors and the metadata.</returns>
    /// <exception cref="SafetensorsException">The bytes are not valid.</exception>
    public static StateDict Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> start = stackalloc byte[FileKind.Length];
        var read = stream.ReadAtLeast(start[..sizeof(ulong)], sizeof(ulong), throwOnEndOfStream: false);
        // If that can be no length, a little more may show what the file is.
        if (read == sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(start) > SafetensorsHeader.MaxLength)
            read += stream.ReadAtLeast(start[read..], start.Length - read, throwOnEndOfStream: false);
        start = start[..read];
        var length = HeaderLength(start);
        read = (int)ElementReader.ReadBytes(stream, length, out var json);
        if (read < length)
            throw CutHeader(length, read, json.AsSpan(0, Math.Min(read, json.Length)), start);
        var header = SafetensorsHeader.Parse(json, start);
        if (stream.CanSeek)
            CheckDataLength(header, stream.Length - stream.Position);

        var state = EmptyState(header);
        foreach (var entry in header.Entries)
        {
            var bytes = ElementReader.ReadFloats(stream, entry.Type, bigEndian: false, entry.Count, out var values);
            if (bytes < entry.End - entry.Begin)
                throw Truncated($"{entry.End - entry.Begin} bytes of tensor {SafetensorsHeader.Quote(entry.Name)}", bytes);
            state.AddOwned(entry.Name, entry.Shape, values);
        }
        if (stream.ReadByte() >= 0)
            throw new SafetensorsException($"Expected the end after {header.DataLength} bytes of data, but got more.");
        return state;
    }

    /// <summary>Reads a whole file that is in memory.</summary>
    /// <param name="bytes">All bytes of the file.</param>
    /// <returns>The tensors and the metadata, copied.</returns>
    /// <exception cref="SafetensorsException">The bytes are not valid.</exception>
    public static StateDict Read(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, FileKind.Length)];
        var length = HeaderLength(start);
        bytes = bytes[sizeof(ulong)..];
        if (bytes.Length < length)
            throw CutHeader(length, bytes.Length, bytes, start);
        var header = SafetensorsHeader.Parse(bytes[..length], start);
        var data = bytes[length..];
        CheckDataLength(header, data.Length);

        var state = EmptyState(header);
        foreach (var entry in header.Entries)
        {
            var values = new float[entry.Count];
            ElementConverter.ToFloats(data[(int)entry.Begin..], entry.Type, bigEndian: false, values);
            state.AddOwned(entry.Name, entry.Shape, values);
        }
        return state;
    }

    private static int HeaderLength(ReadOnlySpan<byte> start) => start.Length >= sizeof(ulong)
        ? SafetensorsHeader.CheckLength(BinaryPrimitives.ReadUInt64LittleEndian(start), start)
        : throw Truncated("the header's length in 8 bytes", start.Length);

    private static SafetensorsException CutHeader(int length, int came, ReadOnlySpan<byte> json, ReadOnlySpan<byte> start)
    {
        var cut = Truncated($"a header of {length} bytes", came);
        // A header that begins as one should is of a safetensors file, whatever its length looks like.
        return json.Length > 0 && json[0] == (byte)'{' ? cut : new SafetensorsException(cut.Message + FileKind.Hint(start));
    }

    private static void CheckDataLength(SafetensorsHeader header, long length)
    {
        if (length != header.DataLength)
            throw new SafetensorsException($"Expected {header.DataLength} bytes of data after the header, but got {length}.");
    }

    private static SafetensorsException Truncated(string expected, long came) =>
        new($"Expected {expected}; the file ends after {came} of them.");

    private static StateDict EmptyState(SafetensorsHeader header)
    {
        var state = new StateDict();
        foreach (var (key, value) in header.Metadata)
            state.Metadata.Add(key, value);
        return state;
    }

    private static byte[] HeaderOf(StateDict state)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (state.Metadata.Count > 0)
                WriteMetadata(writer, state.Metadata);
            var offset = 0L;
            foreach (var tensor in state)
                WriteEntry(writer, tensor, ref offset);
            writer.WriteEndObject();
        }
        var padded = (json.WrittenCount + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        if (padded > SafetensorsHeader.MaxLength)
            throw new ArgumentException(
                $"Expected a header of at most {SafetensorsHeader.MaxLength} bytes; names and metadata need " +
                $"{padded}.", nameof(state));
        var header = new byte[padded];
        json.WrittenSpan.CopyTo(header);
        header.AsSpan(json.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IDictionary<string, string> metadata)
    {
        writer.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata)
            writer.WriteString(Text(key), Text(value ?? throw new ArgumentException(
                $"Metadata '{key}' is null; expected text.")));
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, StateTensor tensor, ref long offset)
    {
        if (tensor.Name == SafetensorsHeader.MetadataKey)
            throw new ArgumentException($"A tensor cannot be named '{tensor.Name}': the format keeps that name for text.");
        writer.WriteStartObject(Text(tensor.Name));
        writer.WriteString("dtype", "F32");
        writer.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(offset);
        offset += (long)tensor.Values.Length * sizeof(float);
        writer.WriteNumberValue(offset);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Refuses what the JSON writer would replace, for then two names could become one.</summary>
    private static string Text(string text)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"Expected names and metadata of valid Unicode; {SafetensorsHeader.Quote(text)} has half of a surrogate " +
                $"pair.", e);
        }
    }
}
