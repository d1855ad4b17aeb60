namespace StaticNet.Search;

/// <summary>Which values are better.</summary>
public enum SearchGoal
{
    /// <summary>Small ones: losses.</summary>
    Minimize,

    /// <summary>Large ones: accuracies.</summary>
    Maximize,
}
