namespace StaticNet.Data;

/// <summary>A column of dates, with or without times.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
/// <remarks>Without a <see cref="Format"/>, dates are those of ISO 8601: 2026-11-27, 2026-11-27T16:03:36 (with a space instead of the T, without
/// seconds, with fractions of them); if they have a zone, they are converted to UTC.</remarks>
public sealed record DateColumn(string Name) : TableColumn(Name)
{
    private const DateParts AllParts = DateParts.Days | DateParts.Year | DateParts.DayOfYear | DateParts.DayOfWeek | DateParts.TimeOfDay;

    private static readonly MissingValue[] Policies =
        [MissingValue.Refuse, MissingValue.KeepNaN, MissingValue.Constant, MissingValue.Mean, MissingValue.Median, MissingValue.MostFrequent];

    /// <summary>How dates are written, <c>dd.MM.yyyy</c>, in .NET's format letters and with English names; null for ISO
    /// 8601.</summary>
    public string? Format { get; init; }

    /// <summary>The numbers that a date becomes. Default: <see cref="DateParts.Days"/>.</summary>
    public DateParts Parts { get; init; } = DateParts.Days;

    /// <summary>How days and years are scaled. Default: to mean 0 and deviation 1.</summary>
    public ColumnScaling Scaling { get; init; }

    /// <summary>The date for gaps if <see cref="TableColumn.Missing"/> is <see cref="MissingValue.Constant"/>.</summary>
    public DateTime? Fill { get; init; }

    private protected override bool HasFill => Fill is not null;

    private protected override ReadOnlySpan<MissingValue> Allowed => Policies;

    internal override void Check()
    {
        base.Check();
        if (Parts == DateParts.None || (Parts & ~AllParts) != 0)
            throw new ArgumentException($"Column '{Name}': expected one or more {nameof(DateParts)}, but got {Parts}.");
        if (!Enum.IsDefined(Scaling))
            throw new ArgumentException($"Column '{Name}': expected a {nameof(ColumnScaling)}, but got {Scaling}.");
        if (Format is { } format && !DateText.IsFormat(format))
            throw new ArgumentException($"Column '{Name}': expected a format of dates, such as dd.MM.yyyy, but got '{format}'.");
    }

    internal override ColumnEncoder Fit(Table table, int column, TableSchemaOptions limits) => DateEncoder.Fit(this, table, column, limits);
}
