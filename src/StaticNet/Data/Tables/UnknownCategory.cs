namespace StaticNet.Data;

/// <summary>What a <see cref="CategoryColumn"/> does with a text that is not one of its categories.</summary>
public enum UnknownCategory
{
    /// <summary>The row is refused, with its place; the default.</summary>
    Refuse,

    /// <summary>All numbers of the column are 0; for one-hot categories.</summary>
    Zeros,

    /// <summary>The most frequent category of the training part is used.</summary>
    MostFrequent,

    /// <summary>
    /// It is a separate category, which also covers those of the training part that occur in fewer than
    /// <see cref="CategoryColumn.MinCount"/> rows; all zeros if there were none. For one-hot categories.
    /// </summary>
    Other,
}
