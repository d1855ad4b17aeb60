namespace StaticNet.Data;

/// <summary>The different texts of a column.</summary>
internal static class CategoryCounts
{
    /// <summary>Counts them.</summary>
    /// <param name="table">The training part.</param>
    /// <param name="column">The column's place, from 0.</param>
    /// <param name="limits">What counts as missing, and how many different texts there may be.</param>
    /// <param name="what">What a text is, for messages.</param>
    /// <exception cref="DataFormatException">There are none, or too many.</exception>
    public static (Dictionary<string, int> Counts, int Gaps) Of(Table table, int column, TableSchemaOptions limits, string what)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var gaps = 0;
        for (var row = 0; row < table.Count; row++)
        {
            var text = table.Cell(row, column);
            if (limits.IsMissing(text))
            {
                if (limits.RefusesMissing)
                    throw table.PlaceOf(row, column).NoTarget(text, limits);
                gaps++;
                continue;
            }

            counts[text] = counts.GetValueOrDefault(text) + 1;
            if (counts.Count > limits.MaxCategories)
            {
                throw table.PlaceOf(row, column).Fault(
                    $"expected {what} of at most {limits.MaxCategories} different ones ({nameof(TableSchemaOptions.MaxCategories)}); {CellPlace.Quote(text)} is one more. A column of names or row numbers is not an input.");
            }
        }

        return counts.Count > 0
            ? (counts, gaps)
            : throw new DataFormatException($"Column {CellPlace.Quote(table.Columns[column])}: expected values to fit a schema on; none of the {table.Count} rows has one.");
    }
}
