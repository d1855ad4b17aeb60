namespace StaticNet.Data;

/// <summary>How the numbers of a column are scaled; fitted on the values of the training part that are there.</summary>
public enum ColumnScaling
{
    /// <summary>(x − mean) / deviation, of the population; the default.</summary>
    Standard,

    /// <summary>(x − smallest) / (largest − smallest): 0 to 1 in the training part.</summary>
    MinMax,

    /// <summary>As they are.</summary>
    None,
}
