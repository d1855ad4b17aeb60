using System.Globalization;
using System.Text.Json;

namespace StaticNet.Data;

/// <summary>Reads an object of a stored schema, whatever is there.</summary>
/// <param name="element">The JSON.</param>
/// <param name="path">Where it is in the schema, for messages.</param>
internal sealed class SchemaFields(JsonElement element, string path)
{
    public DataFormatException Fault(string fault) => new($"The schema, {path}: {fault}");

    public string Text(string name) => OptionalText(name) ?? throw Expected(name, "text");

    public string? OptionalText(string name)
    {
        if (!Has(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Expected(name, "text");
        return Text(value, name);
    }

    public string Name() => Text("name");

    public bool Flag(string name) => Has(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.ValueKind == JsonValueKind.True
        : throw Expected(name, "true or false");

    public double Number(string name) =>
        Has(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Expected(name, "a finite number");

    public double Scale(string name) => Number(name) is var scale && scale > 0 ? scale : throw Expected(name, "a number above 0");

    public int Count(string name) => Whole(name, int.MaxValue);

    /// <summary>A place among some.</summary>
    public int Place(string name, int count) => Whole(name, count - 1);

    public T Choice<T>(string name)
        where T : struct, Enum => Text(name) is var text && !int.TryParse(text, out _) && Enum.TryParse<T>(text, out var choice) && Enum.IsDefined(choice)
            ? choice
            : throw Expected(name, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    public DateTime Date(string name, string format) =>
        DateTime.TryParseExact(Text(name), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw Expected(name, "a date");

    public string[] Texts(string name) =>
        Has(name, out var value) && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(text => Text(text, name))]
            : throw Expected(name, "a list of texts");

    /// <summary>Different texts, at least one, none of them empty.</summary>
    public string[] Names(string name) => Texts(name) is var names && names.Length > 0 && names.All(text => text.Length > 0) && names.ToHashSet(StringComparer.Ordinal).Count == names.Length
        ? names
        : throw Expected(name, "a list of different texts, one or more");

    public SchemaFields[] Objects(string name) => Has(name, out var value) && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(part => part.ValueKind == JsonValueKind.Object)
        ? [.. value.EnumerateArray().Select((part, index) => new SchemaFields(part, $"{name} {index + 1}"))]
        : throw Expected(name, "a list of objects");

    /// <summary>Runs the checks of a description, whose faults are the file's here.</summary>
    public void Check(Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentException exception)
        {
            throw Fault(exception.Message);
        }
    }

    private static string Text(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new DataFormatException($"The schema: expected valid Unicode in '{name}', but got half of a surrogate pair.", exception);
        }
    }

    private bool Has(string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }

    private int Whole(string name, int most) =>
        Has(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 && number <= most
            ? number
            : throw Expected(name, $"a whole number from 0 to {most}");

    private DataFormatException Expected(string name, string what) => Fault(
        $"expected {what} as '{name}', but got {(Has(name, out var value) ? CellPlace.Quote(value.GetRawText()) : "nothing")}.");
}
