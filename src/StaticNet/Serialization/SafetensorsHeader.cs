using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace StaticNet.Serialization;

/// <summary>Where one tensor is in the data of a safetensors file.</summary>
internal sealed record SafetensorsEntry(
    string Name, ElementType Type, ImmutableArray<int> Shape, int Count, long Begin, long End);

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Entries">The tensors in the order of their data; from 0 to <paramref name="DataLength"/> without a gap.</param>
/// <param name="Metadata">The text of <c>__metadata__</c>.</param>
/// <param name="DataLength">The number of bytes that must follow the header.</param>
internal sealed record SafetensorsHeader(
    ImmutableArray<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataLength)
{
    /// <summary>The longest header that the format allows, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The key of the text, which is not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The most tensors, and the most entries of the metadata: each costs many times the bytes that it has in a file.</summary>
    private const int MaxNames = 1 << 16;

    /// <summary>The most sizes of a shape, as in NumPy.</summary>
    private const int MaxRank = 64;

    private const int MaxDepth = 16;
    private const string SupportedTypes = "F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL";

    /// <summary>Checks the length that a file states for its header.</summary>
    /// <param name="length">The length.</param>
    /// <param name="start">The first bytes of the file, for what else it may be.</param>
    public static int CheckLength(ulong length, ReadOnlySpan<byte> start)
    {
        if (length <= MaxLength)
            return (int)length;
        throw new SafetensorsException(FileKind.Describe(start) is { } kind
            ? $"Expected a safetensors file; it is {kind}."
            : $"Expected a safetensors file, which begins with the length of its header, at most {MaxLength} bytes; the file begins " +
              $"with {Convert.ToHexString(start)}, a length of {length}.");
    }

    /// <summary>Reads the JSON of a header and checks everything that can be checked without the data.</summary>
    /// <param name="json">The header.</param>
    /// <param name="start">The first bytes of the file, for what else it may be.</param>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, ReadOnlySpan<byte> start)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
            throw new SafetensorsException(
                $"Expected a header that starts with '{{'; " +
                $"{(json.IsEmpty ? "it is empty" : $"its first byte is 0x{json[0]:X2}")}.{FileKind.Hint(start)}");
        if (!Utf8.IsValid(json))
            throw new SafetensorsException("Expected a header in UTF-8; it has bytes that are not.");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            return ParseRoot(ref reader);
        }
        catch (JsonException e)
        {
            throw new SafetensorsException($"Expected a header of valid JSON: {e.Message}", e);
        }
    }

    /// <summary>Cuts a text from a file for a message.</summary>
    public static string Quote(string text) => text.Length <= 100 ? $"'{text}'" : $"'{text[..100]}…'";

    private static SafetensorsHeader ParseRoot(ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Advance(ref reader) == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref reader);
            if (names.Count > MaxNames)
                throw new SafetensorsException($"Expected at most {MaxNames} tensors, but got more.");
            if (!names.Add(name))
                throw new SafetensorsException($"Expected unique names; {Quote(name)} comes twice.");
            Advance(ref reader);
            if (name == MetadataKey)
                ParseMetadata(ref reader, metadata);
            else
                entries.Add(ParseEntry(ref reader, name));
        }
        // Whatever follows the object is an error that the reader raises.
        reader.Read();
        return new SafetensorsHeader(CheckLayout(entries, out var length), metadata, length);
    }

    private static void ParseMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Require(ref reader, JsonTokenType.StartObject, MetadataKey, "an object of strings");
        while (Advance(ref reader) == JsonTokenType.PropertyName)
        {
            var key = ReadText(ref reader);
            Advance(ref reader);
            Require(ref reader, JsonTokenType.String, MetadataKey, $"a string for {Quote(key)}");
            if (metadata.Count == MaxNames)
                throw new SafetensorsException($"{MetadataKey}: expected at most {MaxNames} entries, but got more.");
            if (!metadata.TryAdd(key, ReadText(ref reader)))
                throw new SafetensorsException($"{MetadataKey}: expected unique keys; {Quote(key)} comes twice.");
        }
    }

    private static SafetensorsEntry ParseEntry(ref Utf8JsonReader reader, string name)
    {
        Require(ref reader, JsonTokenType.StartObject, name, "an object with dtype, shape and data_offsets");
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (Advance(ref reader) == JsonTokenType.PropertyName)
        {
            var key = ReadText(ref reader);
            Advance(ref reader);
            var repeated = key switch
            {
                "dtype" => type != null,
                "shape" => shape != null,
                "data_offsets" => offsets != null,
                _ => false,
            };
            if (repeated)
                throw new SafetensorsException($"Tensor {Quote(name)}: expected one {key}; it comes twice.");
            if (key == "dtype")
            {
                Require(ref reader, JsonTokenType.String, name, "a string as dtype");
                type = ReadText(ref reader);
            }
            else if (key == "shape")
                shape = ParseNumbers(ref reader, name, key);
            else if (key == "data_offsets")
                offsets = ParseNumbers(ref reader, name, key);
            else
                reader.Skip();
        }
        if (type == null || shape == null || offsets == null)
            throw new SafetensorsException(
                $"Tensor {Quote(name)}: expected dtype, shape and data_offsets, but some are missing.");
        return CheckEntry(name, type, shape, offsets);
    }

    private static SafetensorsEntry CheckEntry(string name, string typeName, List<long> shape, List<long> offsets)
    {
        if (TypeOf(typeName) is not { } type)
            throw new SafetensorsException(
                $"Tensor {Quote(name)}: expected a dtype of {SupportedTypes}; it is {Quote(typeName)}.");
        var sizes = new int[shape.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (shape[i] > int.MaxValue)
                throw new SafetensorsException(
                    $"Tensor {Quote(name)}: expected sizes up to {int.MaxValue}; size {i} is {shape[i]}.");
            sizes[i] = (int)shape[i];
        }
        if (!Shapes.TryCount(sizes, out var count))
            throw new SafetensorsException(
                $"Tensor {Quote(name)}: expected at most {Array.MaxLength} elements; the shape {Shapes.Format(sizes)} has more.");
        if (offsets.Count != 2)
            throw new SafetensorsException(
                $"Tensor {Quote(name)}: expected two data_offsets, begin and end, but got {offsets.Count}.");
        var needed = (long)count * ElementConverter.SizeOf(type);
        if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != needed)
            throw new SafetensorsException(
                $"Tensor {Quote(name)}: expected {needed} bytes for {typeName} {Shapes.Format(sizes)}; its data_offsets are " +
                $"{offsets[0]} to {offsets[1]}.");
        return new SafetensorsEntry(name, type, ImmutableArray.Create(sizes), count, offsets[0], offsets[1]);
    }

    /// <summary>Sorts by offset (empty tensors keep the order of the header) and refuses gaps and overlaps.</summary>
    private static ImmutableArray<SafetensorsEntry> CheckLayout(List<SafetensorsEntry> entries, out long length)
    {
        length = 0;
        var sorted = entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToImmutableArray();
        foreach (var entry in sorted)
        {
            if (entry.Begin != length)
                throw new SafetensorsException(
                    $"Tensor {Quote(entry.Name)}: expected its data to begin at {length}, where the data before it end; it " +
                    $"begins at {entry.Begin}.");
            length = entry.End;
        }
        return sorted;
    }

    private static List<long> ParseNumbers(ref Utf8JsonReader reader, string name, string key)
    {
        Require(ref reader, JsonTokenType.StartArray, name, $"a list of whole numbers as {key}");
        var numbers = new List<long>();
        while (Advance(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
                throw new SafetensorsException(
                    $"Tensor {Quote(name)}: expected whole numbers from 0 to {long.MaxValue} in {key}; number " +
                    $"{numbers.Count} is not.");
            if (numbers.Count == MaxRank)
                throw new SafetensorsException($"Tensor {Quote(name)}: expected at most {MaxRank} numbers in {key}, but got more.");
            numbers.Add(number);
        }
        return numbers;
    }

    private static JsonTokenType Advance(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type, string name, string expected)
    {
        if (reader.TokenType != type)
            throw new SafetensorsException($"{Quote(name)}: expected {expected}, but got a JSON {reader.TokenType}.");
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new SafetensorsException("Expected text in the header's strings; one escapes half of a surrogate pair.", e);
        }
    }

    private static ElementType? TypeOf(string name) => name switch
    {
        "F64" => ElementType.Float64,
        "F32" => ElementType.Float32,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "I64" => ElementType.Int64,
        "I32" => ElementType.Int32,
        "I16" => ElementType.Int16,
        "I8" => ElementType.Int8,
        "U64" => ElementType.UInt64,
        "U32" => ElementType.UInt32,
        "U16" => ElementType.UInt16,
        "U8" => ElementType.UInt8,
        "BOOL" => ElementType.Bool,
        _ => null,
    };
}
