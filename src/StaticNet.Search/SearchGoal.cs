namespace StaticNet.Search;

/// <summary>Which values are better.</summary>
public enum SearchGoal
{
    /// <summary>Small ones: losses.</summary>
    Minimize,

    /// <summary>Large ones: accuracies.</summary>
    Maximize,
}

/// <summary>What a goal makes of values.</summary>
internal static class SearchGoals
{
    /// <summary>A value as a loss, which is to become small. What is not finite is the worst there is.</summary>
    public static double LossOf(this SearchGoal goal, double value) =>
        !double.IsFinite(value) ? double.PositiveInfinity : goal == SearchGoal.Maximize ? -value : value;
}
