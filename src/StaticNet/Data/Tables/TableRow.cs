namespace StaticNet.Data;

/// <summary>A row of a <see cref="Table"/>.</summary>
public readonly struct TableRow : IEquatable<TableRow>
{
    private readonly Table? _table;
    private readonly int _row;

    internal TableRow(Table table, int row) => (_table, _row) = (table, row);

    /// <summary>The line of the file on which the row begins, from 1; 0 for a row that is not from a file.</summary>
    public long Line => Owner.LineOf(_row);

    /// <summary>The text of a cell, without spaces around it; empty where there is nothing.</summary>
    /// <param name="column">The column's place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public string this[int column] => Owner.Cell(_row, column);

    /// <summary>The text of a cell, without spaces around it; empty where there is nothing.</summary>
    /// <param name="column">The column's name, compared ordinally.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string this[string column] => Owner.Cell(_row, Owner.IndexOf(column));

    /// <summary>The table; null for <c>default(TableRow)</c>.</summary>
    internal Table? Table => _table;

    /// <summary>The row's place in it, from 0.</summary>
    internal int Index => _row;

    private Table Owner => _table ?? throw new InvalidOperationException("Expected a row of a table; this is default(TableRow).");

    /// <summary>Whether two are the same row of the same table.</summary>
    public static bool operator ==(TableRow left, TableRow right) => left.Equals(right);

    /// <summary>Whether two are not the same row of the same table.</summary>
    public static bool operator !=(TableRow left, TableRow right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TableRow other) => ReferenceEquals(_table, other._table) && _row == other._row;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TableRow other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_table, _row);

    /// <summary>The cells, separated by commas.</summary>
    public override string ToString()
    {
        var (table, row) = (_table, _row);
        return table is null ? "" : string.Join(", ", table.Columns.Select((_, column) => table.Cell(row, column)));
    }
}
