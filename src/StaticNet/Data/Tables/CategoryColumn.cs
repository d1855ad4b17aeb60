namespace StaticNet.Data;

/// <summary>A column of texts that name categories, compared ordinally; numbers that are names (a postal code) count as
/// texts.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
public sealed record CategoryColumn(string Name) : TableColumn(Name)
{
    private static readonly MissingValue[] Policies =
    [
        MissingValue.Refuse, MissingValue.KeepNaN, MissingValue.Constant, MissingValue.MostFrequent, MissingValue.OwnCategory, MissingValue.Zeros,
    ];

    /// <summary>The numbers that a category becomes. Default: one for each category.</summary>
    public CategoryEncoding Encoding { get; init; }

    /// <summary>What happens to a text that is not one of the categories. Default: the row is refused.</summary>
    public UnknownCategory Unknown { get; init; }

    /// <summary>The category for gaps if <see cref="TableColumn.Missing"/> is <see cref="MissingValue.Constant"/>.</summary>
    public string? Fill { get; init; }

    /// <summary>All categories in their order; null for those of the training part in ordinal order.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The smallest number of rows of the training part in which a category must occur, 1 or more; rarer ones are
    /// unknown. Default: 1.</summary>
    public int MinCount { get; init; } = 1;

    private protected override bool HasFill => Fill is not null;

    private protected override ReadOnlySpan<MissingValue> Allowed => Policies;

    internal override void Check()
    {
        base.Check();
        if (!Enum.IsDefined(Encoding) || !Enum.IsDefined(Unknown))
            throw new ArgumentException($"Column '{Name}': expected a {nameof(CategoryEncoding)} and an {nameof(UnknownCategory)}, but got {Encoding} and {Unknown}.");
        if (Encoding == CategoryEncoding.Index
            && (Unknown is UnknownCategory.Zeros or UnknownCategory.Other || Missing is MissingValue.Zeros or MissingValue.OwnCategory))
        {
            throw new ArgumentException(
                $"Column '{Name}': expected policies that suit an index, which has no number for anything but its categories; {nameof(Unknown)} is {Unknown} and {nameof(Missing)} is {Missing}.");
        }

        if (MinCount < 1)
            throw new ArgumentException($"Column '{Name}': expected a {nameof(MinCount)} of 1 or more, but got {MinCount}.");
        if (MinCount > 1 && (Categories is not null || Unknown == UnknownCategory.Refuse))
        {
            throw new ArgumentException(
                $"Column '{Name}': expected a {nameof(MinCount)} above 1 without {nameof(Categories)} and with another {nameof(Unknown)} than {UnknownCategory.Refuse}, for it makes rare categories unknown.");
        }

        if (Categories is not null && (Categories.Count == 0 || Categories.Any(string.IsNullOrEmpty) || Categories.Distinct(StringComparer.Ordinal).Count() != Categories.Count))
            throw new ArgumentException($"Column '{Name}': expected different {nameof(Categories)} with names, one or more, but got {string.Join(", ", Categories)}.");
    }

    internal override ColumnEncoder Fit(Table table, int column, TableSchemaOptions limits) => CategoryEncoder.Fit(this, table, column, limits);
}
