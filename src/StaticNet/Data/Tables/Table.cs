using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace StaticNet.Data;

/// <summary>A table of texts with named columns, such as a CSV file; a <see cref="TableSchema"/> converts it to
/// numbers.</summary>
/// <remarks>
/// <para>Text is UTF-8. Fields may be quoted, spaces around values and names do not count, even in quotes, and empty lines are
/// skipped. Files may be compressed with gzip, which is recognised by their first bytes (in a stream, if it can seek). Any bytes
/// lead to a table or a <see cref="DataFormatException"/>.</para>
/// <para>A table does not change; choosing rows returns others, which share the texts. Its rows know their lines, for
/// messages.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "A table is a collection of rows by its nature.")]
public sealed class Table : IReadOnlyList<TableRow>
{
    private readonly string[][] _rows;
    private readonly long[] _lines;
    private readonly Dictionary<string, int> _places;

    internal Table(ImmutableArray<string> columns, string[][] rows, long[] lines, string? file)
    {
        Columns = columns;
        File = file;
        _rows = rows;
        _lines = lines;
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < columns.Length; column++)
            _places.Add(columns[column], column);
    }

    /// <summary>What usually means a missing value.</summary>
    internal static ImmutableArray<string> UsualMissingText { get; } = ["", "NA", "N/A", "NaN", "null", "?"];

    /// <summary>The columns' names.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The file's path, for messages; null without.</summary>
    internal string? File { get; }

    /// <summary>A row.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public TableRow this[int index] => (uint)index < (uint)Count
        ? new TableRow(this, index)
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected a row from 0 to {Count - 1}.");

    /// <summary>Reads a CSV file.</summary>
    /// <param name="path">The file; .gz is recognised.</param>
    /// <param name="options">How it is made up; null for commas and a header.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The file is not valid: no header, two columns of one name, rows of different lengths.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static Table Load(string path, TableOptions? options = null)
    {
        using var stream = CsvText.OpenFile(path);
        return CsvText.Named(path, () => TableReader.Read(stream, options ?? new TableOptions(), path));
    }

    /// <summary>Reads CSV from a stream, from its position to its end, and leaves it open.</summary>
    /// <param name="stream">UTF-8 text, perhaps compressed.</param>
    /// <param name="options">How it is made up; null for commas and a header.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The text is not valid: no header, two columns of one name, rows of different lengths.</exception>
    public static Table Read(Stream stream, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return TableReader.Read(stream, options ?? new TableOptions(), null);
    }

    /// <summary>Makes a table from texts in memory, for example from a database.</summary>
    /// <param name="columns">The columns' names, all different.</param>
    /// <param name="rows">The rows, each with a text per column; null counts as empty.</param>
    /// <exception cref="ArgumentException">Two columns have the same name, or a row has another number of texts.</exception>
    public static Table Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (TableReader.FaultOf(columns) is { } fault)
            throw new ArgumentException(fault, nameof(columns));
        var cells = new List<string[]>();
        foreach (var row in rows)
        {
            if (row is null || row.Count != columns.Count)
                throw new ArgumentException($"Expected rows of {columns.Count} texts, one per column; row {cells.Count + 1} has {row?.Count ?? 0}.", nameof(rows));
            cells.Add([.. row.Select(text => text?.Trim() ?? "")]);
        }

        return new Table([.. columns], [.. cells], [], null);
    }

    /// <summary>The rows for which a condition holds.</summary>
    /// <param name="condition">Called once for each row, in order.</param>
    /// <example><code>var recent = table.Where(row => row["year"] != "2007");</code></example>
    public Table Where(Func<TableRow, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Take([.. Enumerable.Range(0, Count).Where(row => condition(new TableRow(this, row)))]);
    }

    /// <summary>The rows that have a value in each of some columns.</summary>
    /// <param name="columns">The columns' names; none for all columns.</param>
    /// <remarks>A value is missing if it is one of the default texts of <see cref="TableSchemaOptions.MissingText"/>.</remarks>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Table WithoutMissing(params string[] columns) => WithoutMissing(new TableSchemaOptions(), columns);

    /// <summary>The rows that have a value in each of some columns, where a schema's options say which values are
    /// missing.</summary>
    /// <param name="options">The options: a value is missing if it is one of the texts of their
    /// <see cref="TableSchemaOptions.MissingText"/>.</param>
    /// <param name="columns">The columns' names; none for all columns.</param>
    /// <exception cref="ArgumentException">There is no such column, or the options are not allowed.</exception>
    public Table WithoutMissing(TableSchemaOptions options, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(columns);
        options.Check();
        int[] places = columns.Length == 0 ? [.. Enumerable.Range(0, Columns.Length)] : [.. columns.Select(IndexOf)];
        return Where(row => !Array.Exists(places, place => options.IsMissing(row[place])));
    }

    /// <summary>The table without some columns.</summary>
    /// <param name="columns">The columns' names.</param>
    /// <exception cref="ArgumentException">There is no such column, or none is left.</exception>
    public Table WithoutColumns(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var left = columns.Select(IndexOf).ToHashSet();
        var kept = Enumerable.Range(0, Columns.Length).Where(column => !left.Contains(column)).ToArray();
        if (kept.Length == 0)
            throw new ArgumentException("Expected at least one column to be left; none is.", nameof(columns));
        return new Table(
            [.. kept.Select(column => Columns[column])], [.. _rows.Select(row => kept.Select(column => row[column]).ToArray())], _lines, File);
    }

    /// <summary>The rows of those places, in that order; a number may be repeated.</summary>
    /// <param name="rows">Places from 0, such as those of <see cref="DataSplit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Subset(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
            _ = this[row];
        return Take(rows.ToArray());
    }

    /// <summary>Divides the rows at random into two tables, to fit a schema on the first.</summary>
    /// <param name="firstFraction">The fraction of the first, 0 to 1; its count is rounded to the nearest number.</param>
    /// <param name="seed">The same seed produces the same division.</param>
    /// <param name="stratifiedBy">A column whose texts are divided in the same proportion; null for none.</param>
    /// <exception cref="ArgumentException">The fraction is not from 0 to 1, or there is no such column.</exception>
    public (Table First, Table Second) Split(double firstFraction, ulong seed, string? stratifiedBy = null)
    {
        if (!(firstFraction >= 0 && firstFraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(firstFraction), firstFraction, "Expected a fraction from 0 to 1.");
        var parts = DataSplit.Divide(Numbered(stratifiedBy), [firstFraction], seed, stratifiedBy is not null);
        return (Take([.. parts[0]]), Take([.. parts[1]]));
    }

    /// <summary>Divides the rows into folds for cross-validation, each with its training part and the rest.</summary>
    /// <param name="count">The number of folds, 2 or more, at most one per row.</param>
    /// <param name="seed">The same seed produces the same folds.</param>
    /// <param name="stratifiedBy">A column whose texts are divided among the folds equally; null for none.</param>
    /// <exception cref="ArgumentException">There are too few folds or rows, or there is no such column.</exception>
    public IEnumerable<(Table Training, Table Validation)> Folds(int count, ulong seed, string? stratifiedBy = null) =>
        DataSplit.Folds(Numbered(stratifiedBy), count, seed, stratifiedBy is not null)
            .Select(fold => (Take([.. fold.Training]), Take([.. fold.Validation])));

    /// <summary>The place of a column, from 0.</summary>
    /// <param name="column">Its name, compared ordinally.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int IndexOf(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return TryFind(column, out var place)
            ? place
            : throw new ArgumentException($"Expected a column '{column}'; {(Columns.Length == 1 ? "the only one is" : $"the {Columns.Length} columns are")} {string.Join(", ", Columns)}.{TableReader.DelimiterAdvice(Columns)}", nameof(column));
    }

    /// <inheritdoc/>
    public IEnumerator<TableRow> GetEnumerator()
    {
        for (var row = 0; row < Count; row++)
            yield return new TableRow(this, row);
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    internal bool TryFind(string column, out int place) => _places.TryGetValue(column, out place);

    internal string Cell(int row, int column) => (uint)column < (uint)Columns.Length
        ? _rows[row][column]
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"Expected a column from 0 to {Columns.Length - 1}.");

    /// <summary>How messages name a row.</summary>
    internal string PlaceOf(int row) => LineOf(row) is > 0 and var line ? $"line {line}{(File is null ? "" : $" of {File}")}" : $"row {row + 1}";

    internal long LineOf(int row) => _lines.Length > 0 ? _lines[row] : 0;

    /// <summary>Where a cell is, for messages.</summary>
    internal CellPlace PlaceOf(int row, int column) => new(File, LineOf(row), row, column, Columns[column]);

    private Table Take(int[] rows) =>
        new(Columns, [.. rows.Select(row => _rows[row])], _lines.Length > 0 ? [.. rows.Select(row => _lines[row])] : [], File);

    /// <summary>The rows as samples whose targets number the texts of a column.</summary>
    private DataSet Numbered(string? column)
    {
        var place = column is null ? -1 : IndexOf(column);
        var numbers = new Dictionary<string, float>(StringComparer.Ordinal);
        var targets = new float[place < 0 ? 0 : Count];
        for (var row = 0; row < targets.Length; row++)
        {
            if (!numbers.TryGetValue(_rows[row][place], out targets[row]))
                numbers.Add(_rows[row][place], targets[row] = numbers.Count);
        }

        return new DataSet(1, place < 0 ? 0 : 1, new float[Count], targets).WithPlaces(PlaceOf);
    }
}
