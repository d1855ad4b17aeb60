namespace StaticNet.Search;

/// <summary>How a trial ended.</summary>
public enum TrialStatus
{
    /// <summary>It has a value.</summary>
    Completed,

    /// <summary>It was given up as hopeless.</summary>
    Pruned,

    /// <summary>Its value was not finite, or its training diverged.</summary>
    Diverged,
}
