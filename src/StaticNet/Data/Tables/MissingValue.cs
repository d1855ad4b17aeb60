namespace StaticNet.Data;

/// <summary>What an input column does where a row has no value.</summary>
public enum MissingValue
{
    /// <summary>The row is refused with its place; the default.</summary>
    Refuse,

    /// <summary>The numbers of the column become NaN, to be dealt with by the program: no network takes them.</summary>
    KeepNaN,

    /// <summary>The column's <c>Fill</c> is taken.</summary>
    Constant,

    /// <summary>The mean of the training part is taken; for numbers and dates.</summary>
    Mean,

    /// <summary>The median of the training part is taken, of an even count the mean of the two in the middle; for numbers and dates.</summary>
    Median,

    /// <summary>The most frequent value of the training part is taken, of several the first in order.</summary>
    MostFrequent,

    /// <summary>A gap is a category of its own, the last one; all zeros where the training part had none. For one-hot categories.</summary>
    OwnCategory,

    /// <summary>All numbers of the column are 0; for one-hot categories.</summary>
    Zeros,
}
