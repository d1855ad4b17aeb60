using System.Collections.Immutable;

namespace StaticNet.Data;

/// <summary>What holds for a whole <see cref="TableSchema"/>.</summary>
public sealed record TableSchemaOptions
{
    /// <summary>The texts of a cell without a value, in any case: empty, NA, N/A, NaN, null and ? by default.</summary>
    /// <remarks>A category may have one of these names (NA, for Namibia): then give others.</remarks>
    public ImmutableArray<string> MissingText { get; init; } = Table.UsualMissingText;

    /// <summary>Whether a row to predict may have columns that the training part did not have. Default: false, it is refused by name.</summary>
    public bool AllowExtraColumns { get; init; }

    /// <summary>The most categories of a column and classes of a target, 1 or more; a guard against columns of names and numbers of rows.
    /// Default: 1,000.</summary>
    public int MaxCategories { get; init; } = 1000;

    /// <summary>Whether a gap is an error at once.</summary>
    internal bool RefusesMissing { get; init; }

    /// <summary>Whether <see cref="MissingText"/> is as by default.</summary>
    internal bool HasUsualMissingText => MissingText.SequenceEqual(Table.UsualMissingText, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A setting is not allowed.</exception>
    internal void Check()
    {
        if (MissingText.IsDefault || MissingText.Contains(null!))
            throw new ArgumentException($"Expected texts as {nameof(MissingText)}, perhaps none, but got null.");
        if (MaxCategories < 1)
            throw new ArgumentException($"Expected {nameof(MaxCategories)} of 1 or more, but got {MaxCategories}.");
    }

    internal bool IsMissing(string text)
    {
        // A handful: a set would not be faster.
        foreach (var missing in MissingText)
        {
            if (string.Equals(missing, text, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
