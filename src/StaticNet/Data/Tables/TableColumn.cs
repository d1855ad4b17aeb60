namespace StaticNet.Data;

/// <summary>An input column of a table: what it holds, and what becomes of it. See <see cref="TableSchema.Fit"/>.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
public abstract record TableColumn(string Name)
{
    /// <summary>What happens where a row has no value. Default: the row is refused.</summary>
    public MissingValue Missing { get; init; }

    /// <summary>Whether a number more says where values were missing: 1 there and 0 elsewhere. Default: false.</summary>
    public bool Indicator { get; init; }

    /// <summary>Whether a constant is given for gaps.</summary>
    private protected abstract bool HasFill { get; }

    /// <summary>What the column may do about gaps.</summary>
    private protected abstract ReadOnlySpan<MissingValue> Allowed { get; }

    /// <summary>Refuses a description that contradicts itself.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal virtual void Check()
    {
        if (string.IsNullOrEmpty(Name))
            throw new ArgumentException("Expected a column with a name, but got an empty one.");
        if (!Allowed.Contains(Missing))
            throw new ArgumentException($"Column '{Name}': expected one of {string.Join(", ", Allowed.ToArray())} as {nameof(Missing)}, but got {Missing}.");
        if (HasFill != (Missing == MissingValue.Constant))
        {
            throw new ArgumentException(
                $"Column '{Name}': expected a Fill where {nameof(Missing)} is {nameof(MissingValue.Constant)}, and only there, but " +
                $"{(HasFill ? $"got one, and {nameof(Missing)} is {Missing}" : "got none")}.");
        }

        if (Indicator && Missing == MissingValue.Refuse)
            throw new ArgumentException($"Column '{Name}': expected another {nameof(Missing)} with an {nameof(Indicator)}; rows without a value are refused.");
    }

    /// <summary>Fits the column.</summary>
    /// <param name="table">The training part.</param>
    /// <param name="column">The column's place in it, from 0.</param>
    /// <param name="limits">What counts as missing, and what is too much.</param>
    internal abstract ColumnEncoder Fit(Table table, int column, TableSchemaOptions limits);
}
