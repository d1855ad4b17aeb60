namespace StaticNet.Training.Metrics;

/// <summary>How the figures of classes are combined.</summary>
public enum ClassAverage
{
    /// <summary>Their mean: each class counts the same.</summary>
    Macro,

    /// <summary>Over all decisions: each sample counts the same.</summary>
    Micro,

    /// <summary>Their mean, each weighted by the number of its targets.</summary>
    Weighted,

    /// <summary>The figure of class 1 of two, the positive one.</summary>
    Positive,
}
