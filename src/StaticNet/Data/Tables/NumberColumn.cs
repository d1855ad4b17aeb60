namespace StaticNet.Data;

/// <summary>A column of numbers, which become one number: scaled, and with gaps filled.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
/// <remarks>Numbers are written as in C# whatever the culture (<c>1.5</c>, <c>-2e-3</c>), read as doubles, scaled, and then
/// rounded to floats.</remarks>
public sealed record NumberColumn(string Name) : TableColumn(Name)
{
    private static readonly MissingValue[] Policies =
        [MissingValue.Refuse, MissingValue.KeepNaN, MissingValue.Constant, MissingValue.Mean, MissingValue.Median, MissingValue.MostFrequent];

    /// <summary>How the numbers are scaled. Default: to mean 0 and deviation 1.</summary>
    public ColumnScaling Scaling { get; init; }

    /// <summary>The number for gaps if <see cref="TableColumn.Missing"/> is <see cref="MissingValue.Constant"/>; finite, in the
    /// units of the column.</summary>
    public double? Fill { get; init; }

    /// <summary>Whether numbers have a decimal comma (1,5) and no point. Default: false.</summary>
    public bool DecimalComma { get; init; }

    private protected override bool HasFill => Fill is not null;

    private protected override ReadOnlySpan<MissingValue> Allowed => Policies;

    internal override void Check()
    {
        base.Check();
        if (Fill is { } fill && !double.IsFinite(fill))
            throw new ArgumentException($"Column '{Name}': expected a finite {nameof(Fill)}, but got {fill}.");
        if (!Enum.IsDefined(Scaling))
            throw new ArgumentException($"Column '{Name}': expected a {nameof(ColumnScaling)}, but got {Scaling}.");
    }

    internal override ColumnEncoder Fit(Table table, int column, TableSchemaOptions limits) =>
        NumberEncoder.Fit(this, NumberStatistics.Of(table, column, limits, DecimalComma));
}
