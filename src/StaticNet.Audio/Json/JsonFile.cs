using System.Text.Json;
using StaticNet.Importing;

namespace StaticNet.Audio.Json;

/// <summary>Reads any bytes as JSON, or says what is wrong with them.</summary>
internal static class JsonFile
{
    /// <summary>The longest file: captures have a few hundred kilobytes.</summary>
    public const int MostBytes = 256 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <exception cref="ImportException">The bytes are not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            throw NotJson($"{bytes.Length} bytes", $"captures of up to {MostBytes} bytes are read");
        // Some editors put it there.
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(bytes, Options);
            ReadTexts(document.RootElement);
            return document;
        }
        catch (JsonException fault)
        {
            document?.Dispose();
            throw NotJson("not JSON", fault.Message.TrimEnd('.'));
        }
        catch (InvalidOperationException fault)
        {
            document?.Dispose();
            throw NotJson("text that is not Unicode", fault.Message.TrimEnd('.'));
        }
    }

    /// <summary>Reads all texts once, so none of them can be a surprise later.</summary>
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    ReadTexts(item);
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private static ImportException NotJson(string what, string why) =>
        new(new ImportProblem("The file", what, why, "Give a .nam file, or the JSON of RTNeural, AIDA-X or PyTorch"));
}
