using System.Globalization;
using System.Text.Json;
using StaticNet.Audio.Json;
using StaticNet.Importing;

namespace StaticNet.Audio;

/// <summary>What a file says about a capture.</summary>
/// <param name="format">The format.</param>
/// <param name="kind">What wrote it, and which architecture it is, for people.</param>
internal sealed class CaptureFacts(AudioFormat format, string kind)
{
    /// <summary>The most entries, and the longest text of one.</summary>
    private const int Most = 500, LongestText = 10_000;

    public AudioFormat Format { get; } = format;

    public string Kind { get; } = kind;

    public double? SampleRate { get; init; }

    /// <summary>What the file has to check the network with; null: nothing.</summary>
    public GoldenVectors? Vectors { get; set; }

    /// <summary>Its entries, nested ones with dots: <c>metadata.date.year</c>.</summary>
    public SortedDictionary<string, string> Entries { get; } = new(StringComparer.Ordinal);

    public void Add(string name, string text)
    {
        if (Entries.Count < Most)
            Entries[name] = text.Length > LongestText ? text[..LongestText] : text;
    }

    /// <summary>Adds all texts, numbers and truth values within an entry.</summary>
    public void AddAll(string name, Entry? entry)
    {
        if (entry is not { } value)
            return;
        switch (value.Value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.Value.EnumerateObject())
                    AddAll($"{name}.{property.Name}", value with { Value = property.Value });
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.Value.EnumerateArray().Index())
                {
                    if (Entries.Count >= Most)
                        break;
                    AddAll(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), value with { Value = item });
                }

                break;
            case JsonValueKind.String:
                Add(name, value.Value.GetString()!);
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                Add(name, value.Value.GetRawText());
                break;
        }
    }
}
