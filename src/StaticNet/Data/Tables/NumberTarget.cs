namespace StaticNet.Data;

/// <summary>A number to predict, in the units of its column.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
public sealed record NumberTarget(string Name) : TableTarget(Name)
{
    /// <summary>How it is scaled for training; predictions reverse it. Default: to mean 0 and deviation 1.</summary>
    public ColumnScaling Scaling { get; init; }

    /// <summary>Whether numbers have a decimal comma (1,5) and no point. Default: false.</summary>
    public bool DecimalComma { get; init; }

    internal override void Check()
    {
        base.Check();
        if (!Enum.IsDefined(Scaling))
            throw new ArgumentException($"Target '{Name}': expected a {nameof(ColumnScaling)}, but got {Scaling}.");
    }

    internal override TargetEncoder Fit(Table table, int column, TableSchemaOptions limits) =>
        new NumberTargetEncoder(this, NumberStatistics.Of(table, column, limits with { RefusesMissing = true }, DecimalComma).Fit(Scaling));
}
