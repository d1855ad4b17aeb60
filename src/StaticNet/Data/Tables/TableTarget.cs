namespace StaticNet.Data;

/// <summary>A target column of a table. See <see cref="TableSchema.Fit"/>.</summary>
/// <param name="Name">The column's name in the header, compared ordinally.</param>
/// <remarks>A row without a value of it cannot be used for training: <see cref="Table.WithoutMissing(string[])"/> removes such
/// rows.</remarks>
public abstract record TableTarget(string Name)
{
    /// <summary>Refuses a description that contradicts itself.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal virtual void Check()
    {
        if (string.IsNullOrEmpty(Name))
            throw new ArgumentException("Expected a target with a name, but got an empty one.");
    }

    /// <summary>Fits the target.</summary>
    /// <param name="table">The training part.</param>
    /// <param name="column">The column's place in it, from 0.</param>
    /// <param name="limits">What counts as missing, and what is too much.</param>
    internal abstract TargetEncoder Fit(Table table, int column, TableSchemaOptions limits);
}
