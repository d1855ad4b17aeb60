using System.Globalization;
using System.Text.Json;

namespace StaticNet.Audio.Json;

/// <summary>A value of a file, with its place for messages. What is wrong is collected; readers then get a value that does no harm.</summary>
/// <param name="Value">The value.</param>
/// <param name="Path">Its place, such as <c>config.layers[0].channels</c>; empty for the file itself.</param>
/// <param name="Problems">Takes what is wrong.</param>
internal readonly record struct Entry(JsonElement Value, string Path, Problems Problems)
{
    private const int LongestText = 60;

    /// <summary>The place, also where it is the file itself.</summary>
    public string Where => Path.Length == 0 ? "The file" : Path;

    /// <summary>The value as the file has it, cut if it is long.</summary>
    public string Shown => Value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Array => $"an array of {Invariant(Value.GetArrayLength())}",
        JsonValueKind.Object => "an object",
        _ => Cut(Value.GetRawText()),
    };

    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    public bool IsArray => Value.ValueKind == JsonValueKind.Array;

    /// <summary>A member that is there and not null.</summary>
    public Entry? Find(string name) =>
        IsObject && Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new Entry(value, PathOf(name), Problems) : null;

    /// <summary>A member that must be there; otherwise one that holds nothing.</summary>
    public Entry Require(string name)
    {
        if (Find(name) is { } entry)
            return entry;
        if (Value.ValueKind != JsonValueKind.Undefined)
            Problems.Damaged(Where, $"no \"{name}\"", "the format requires it");
        return new Entry(default, PathOf(name), Problems);
    }

    /// <summary>A member that must be an object.</summary>
    public Entry Object(string name) => Require(name).AsObject();

    /// <summary>The value as an object.</summary>
    public Entry AsObject()
    {
        if (IsObject || Value.ValueKind == JsonValueKind.Undefined)
            return this;
        Problems.Damaged(Where, Shown, "an object is expected here");
        return this with { Value = default };
    }

    /// <summary>The items of an array of at most so many.</summary>
    public IReadOnlyList<Entry> Items(int most)
    {
        if (!IsArray)
        {
            if (Value.ValueKind != JsonValueKind.Undefined)
                Problems.Damaged(Where, Shown, "an array is expected here");
            return [];
        }

        if (Value.GetArrayLength() > most)
        {
            Problems.Damaged(Where, Shown, $"at most {Invariant(most)} items are expected here");
            return [];
        }

        var (path, problems) = (Path, Problems);
        return [.. Value.EnumerateArray().Select((item, index) => new Entry(item, $"{path}[{Invariant(index)}]", problems))];
    }

    /// <summary>A whole number of a member.</summary>
    /// <param name="name">The member.</param>
    /// <param name="least">The least that it may be, which it also counts as after an error.</param>
    /// <param name="most">The most that it may be.</param>
    /// <param name="otherwise">What it is if it is missing; null: it must be there.</param>
    public int Int32(string name, int least, int most, int? otherwise = null) =>
        otherwise is { } value && Find(name) is null ? value : Require(name).AsInt32(least, most);

    /// <summary>The value as a whole number.</summary>
    public int AsInt32(int least, int most)
    {
        // 3.0 counts too: some libraries write whole numbers like that.
        if (Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && number == Math.Floor(number) && number >= least && number <= most)
            return (int)number;
        if (Value.ValueKind != JsonValueKind.Undefined)
            Problems.Damaged(Where, Shown, $"a whole number from {Invariant(least)} to {Invariant(most)} is expected here");
        return least;
    }

    /// <summary>A finite number of a member.</summary>
    public float Single(string name, float? otherwise = null) =>
        otherwise is { } value && Find(name) is null ? value : Require(name).AsSingle();

    /// <summary>The value as a finite number.</summary>
    public float AsSingle()
    {
        if (Value.ValueKind == JsonValueKind.Number && Value.TryGetSingle(out var number) && float.IsFinite(number))
            return number;
        if (Value.ValueKind != JsonValueKind.Undefined)
            Problems.Damaged(Where, Shown, "a finite number that a float can hold is expected here");
        return 0;
    }

    /// <summary>A truth value of a member.</summary>
    public bool Boolean(string name, bool? otherwise = null)
    {
        if (otherwise is { } value && Find(name) is null)
            return value;
        var entry = Require(name);
        if (entry.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return entry.Value.GetBoolean();
        if (entry.Value.ValueKind != JsonValueKind.Undefined)
            Problems.Damaged(entry.Where, entry.Shown, "true or false is expected here");
        return false;
    }

    /// <summary>A text of a member.</summary>
    public string Text(string name, string? otherwise = null) => otherwise is not null && Find(name) is null ? otherwise : Require(name).AsText();

    /// <summary>The value as a text.</summary>
    public string AsText()
    {
        if (Value.ValueKind == JsonValueKind.String)
            return Value.GetString()!;
        if (Value.ValueKind != JsonValueKind.Undefined)
            Problems.Damaged(Where, Shown, "a text is expected here");
        return "";
    }

    /// <summary>Refuses members that this reader does not know, unless they are null or false: they could mean anything.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        if (!IsObject)
            return;
        foreach (var property in Value.EnumerateObject())
        {
            if (!known.Contains(property.Name) && property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                Problems.Unsupported(PathOf(property.Name), new Entry(property.Value, "", Problems).Shown, "this is not known, so it cannot be left out", "Export the capture without it");
        }
    }

    private static string Cut(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private static string Invariant(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
