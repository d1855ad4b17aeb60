using System.Collections.Immutable;

namespace StaticNet.Data;

/// <summary>The options of a <see cref="TableSchema"/>.</summary>
public sealed record TableSchemaOptions
{
    /// <summary>The texts of a cell without a value, in any case: empty, NA, N/A, NaN, null and ? by default.</summary>
    /// <remarks>If a category has one of these names (NA, for Namibia), set other texts.</remarks>
    public ImmutableArray<string> MissingText { get; init; } = Table.UsualMissingText;

    /// <summary>Whether a row to predict may have columns that the training part did not have. Default: false; such a row is
    /// refused, with the name of the column.</summary>
    public bool AllowExtraColumns { get; init; }

    /// <summary>The largest number of categories of a column and of classes of a target, 1 or more; a guard against columns of
    /// names and row numbers. Default: 1,000.</summary>
    public int MaxCategories { get; init; } = 1000;

    /// <summary>Whether a gap is an error immediately.</summary>
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
