namespace StaticNet.Data;

/// <summary>What an input column does if a row has no value.</summary>
public enum MissingValue
{
    /// <summary>The row is refused, with its place; the default.</summary>
    Refuse,

    /// <summary>The numbers of the column become NaN, and the program must handle them: networks do not accept NaN.</summary>
    KeepNaN,

    /// <summary>The column's <c>Fill</c> is used.</summary>
    Constant,

    /// <summary>The mean of the training part is used; for numbers and dates.</summary>
    Mean,

    /// <summary>The median of the training part is used, for an even count the mean of the two in the middle; for numbers and
    /// dates.</summary>
    Median,

    /// <summary>The most frequent value of the training part is used, the first in order if there are several.</summary>
    MostFrequent,

    /// <summary>A gap is a separate category, the last one; all zeros if the training part had none. For one-hot
    /// categories.</summary>
    OwnCategory,

    /// <summary>All numbers of the column are 0; for one-hot categories.</summary>
    Zeros,
}
