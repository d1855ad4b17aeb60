namespace StaticNet.Data;

/// <summary>How the numbers of a column are scaled; fitted on the values that are present in the training part.</summary>
public enum ColumnScaling
{
    /// <summary>(x − mean) / deviation, of the population; the default.</summary>
    Standard,

    /// <summary>(x − smallest) / (largest − smallest): 0 to 1 in the training part.</summary>
    MinMax,

    /// <summary>Not scaled.</summary>
    None,
}
