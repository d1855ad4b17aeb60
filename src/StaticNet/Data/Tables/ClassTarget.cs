namespace StaticNet.Data;

/// <summary>A class to predict, by its name.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
public sealed record ClassTarget(string Name) : TableTarget(Name)
{
    /// <summary>The numbers that a class becomes for training. Default: its index.</summary>
    public ClassEncoding Encoding { get; init; }

    /// <summary>The names of the classes in the order of their indices; null for those of the training part in ordinal order.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal override void Check()
    {
        base.Check();
        if (!Enum.IsDefined(Encoding))
            throw new ArgumentException($"Target '{Name}': expected a {nameof(ClassEncoding)}, but got {Encoding}.");
        if (ClassNames is not null && (ClassNames.Any(string.IsNullOrEmpty) || ClassNames.Distinct(StringComparer.Ordinal).Count() != ClassNames.Count))
            throw new ArgumentException($"Target '{Name}': expected different {nameof(ClassNames)}, none of them empty, but got {string.Join(", ", ClassNames)}.");
    }

    internal override TargetEncoder Fit(Table table, int column, TableSchemaOptions limits) => ClassTargetEncoder.Fit(this, table, column, limits);
}
