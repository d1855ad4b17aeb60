namespace StaticNet.Data;

/// <summary>Makes tables of CSV text.</summary>
internal static class TableReader
{
    /// <summary>Texts that come again share one string, up to this many different ones and this length.</summary>
    private const int MostShared = 1 << 16;

    private const int LongestShared = 64;

    /// <exception cref="ArgumentException">The options are not allowed.</exception>
    /// <exception cref="DataFormatException">The text is not valid.</exception>
    public static Table Read(Stream stream, TableOptions options, string? file)
    {
        options.Format.Check();
        if (options.ColumnNames is { } given && FaultOf(given) is { } wrong)
            throw new ArgumentException(wrong, nameof(options));
        using var text = new CsvText(stream, options.Format, ownsStream: false);
        var names = options.ColumnNames?.ToArray() ?? Header(text);
        var fields = text.Reader;
        var (rows, lines) = (new List<string[]>(), new List<long>());
        var shared = new HashSet<string>(StringComparer.Ordinal);
        var sharedByText = shared.GetAlternateLookup<ReadOnlySpan<char>>();
        while (text.Read())
        {
            if (fields.FieldCount != names.Length)
            {
                throw new DataFormatException(
                    $"Line {text.Line}: expected {names.Length} columns as in {(options.ColumnNames is null ? "the header" : nameof(options.ColumnNames))}, but got {fields.FieldCount}." +
                    $"{(rows.Count == 0 ? text.Hint : "")}{DelimiterAdvice(names)}");
            }

            var row = new string[names.Length];
            for (var column = 0; column < row.Length; column++)
            {
                // Within quotes as well: a value that a program passes loses its spaces too, and would match no other.
                var cell = fields.GetSpan(column).Trim();
                if (sharedByText.TryGetValue(cell, out var known))
                {
                    row[column] = known;
                    continue;
                }

                row[column] = cell.ToString();
                if (shared.Count < MostShared && cell.Length <= LongestShared)
                    shared.Add(row[column]);
            }

            rows.Add(row);
            lines.Add(text.Line);
        }

        return new Table([.. names], [.. rows], [.. lines], file);
    }

    /// <summary>What is wrong with the names of columns; null if nothing.</summary>
    public static string? FaultOf(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < names.Count; column++)
        {
            if (string.IsNullOrEmpty(names[column]))
                return $"expected a name for each column; column {column + 1} has none.";
            if (!seen.TryAdd(names[column], column))
                return $"expected different names of columns; columns {seen[names[column]] + 1} and {column + 1} are both {CellPlace.Quote(names[column])}.";
        }

        return names.Count == 0 ? "expected at least one column; there is none." : null;
    }

    /// <summary>Advice where the only column's name is what another delimiter would divide: empty, or a sentence with a space before it.</summary>
    public static string DelimiterAdvice(IReadOnlyList<string> names)
    {
        if (names is not [var name] || name.AsSpan().IndexOfAny(";\t|,") is var place && place < 0)
            return "";
        var delimiter = name[place] == '\t' ? "\\t" : $"{name[place]}";
        return $" There is '{delimiter}' in the only name: if that is between two columns, set {nameof(TableOptions.Delimiter)} = '{delimiter}'.";
    }

    private static string[] Header(CsvText text)
    {
        if (!text.Read())
            throw new DataFormatException($"Expected a header with the names of the columns; the text ends before.{text.Hint}");
        var names = new string[text.Reader.FieldCount];
        for (var column = 0; column < names.Length; column++)
            names[column] = text.Reader.GetSpan(column).Trim().ToString();
        if (FaultOf(names) is { } fault)
            throw new DataFormatException($"Line {text.Line}: {fault}{text.Hint}");
        if (names.All(name => double.TryParse(name, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)))
        {
            throw new DataFormatException(
                $"Line {text.Line}: expected the names of the columns, but got numbers: {CellPlace.List(names)}. Give {nameof(TableOptions.ColumnNames)} where a file has no header.");
        }

        return names;
    }
}
