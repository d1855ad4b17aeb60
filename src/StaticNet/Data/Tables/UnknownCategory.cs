namespace StaticNet.Data;

/// <summary>What a <see cref="CategoryColumn"/> does with a text that is none of its categories.</summary>
public enum UnknownCategory
{
    /// <summary>The row is refused with its place; the default.</summary>
    Refuse,

    /// <summary>All numbers of the column are 0; for one-hot categories.</summary>
    Zeros,

    /// <summary>The most frequent category of the training part is taken.</summary>
    MostFrequent,

    /// <summary>
    /// It is a category of its own, which stands for those of the training part that occur in fewer than <see cref="CategoryColumn.MinCount"/>
    /// rows; all zeros where there were none. For one-hot categories.
    /// </summary>
    Other,
}
