namespace StaticNet.Data;

/// <summary>Where a cell is in the user's data, for messages.</summary>
/// <param name="File">The file; null for none.</param>
/// <param name="Line">The line of its row, from 1; 0 if it is not from a file.</param>
/// <param name="Row">The row's place, from 0; −1 for a single row.</param>
/// <param name="Column">The column's place, from 0; −1 where columns have names alone.</param>
/// <param name="Name">The column's name.</param>
internal readonly record struct CellPlace(string? File, long Line, int Row, int Column, string Name)
{
    /// <summary>A message about the cell.</summary>
    public DataFormatException Fault(string fault) => new($"{this}: {fault}");

    /// <summary>A text from the user's data, as far as a message shows it.</summary>
    public static string Quote(string text) => text.Length <= 100 ? $"'{text}'" : $"'{text[..100]}…'";

    /// <summary>Says that a target has no value, and how to leave such rows out.</summary>
    /// <param name="text">The value passed.</param>
    /// <param name="options">What counts as missing.</param>
    public DataFormatException NoTarget(string text, TableSchemaOptions options)
    {
        var advice = options.HasUsualMissingText ? "" : $", given the schema's options for their {nameof(TableSchemaOptions.MissingText)}";
        return Fault($"expected a value of the target, but {Gap(text)}. {nameof(Table)}.{nameof(Table.WithoutMissing)} leaves such rows out{advice}.");
    }

    /// <summary>How a value is missing.</summary>
    /// <param name="text">What came; null for nothing.</param>
    public static string Gap(string? text) => string.IsNullOrEmpty(text) ? "the field is empty" : $"got {Quote(text)}, which means that there is none";

    /// <summary>A list of names, as far as a message shows it.</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count <= 12 ? string.Join(", ", names.Select(Short)) : $"{string.Join(", ", names.Take(12).Select(Short))} and {names.Count - 12} more";

    public override string ToString()
    {
        var row = Line > 0 ? $"{(File is null ? "Line" : $"{File}: line")} {Line}, " : Row >= 0 ? $"Row {Row + 1}, " : "";
        return $"{row}{(row.Length > 0 ? "column" : "Column")}{(Column >= 0 ? $" {Column + 1}" : "")} {Quote(Name)}";
    }

    private static string Short(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}
