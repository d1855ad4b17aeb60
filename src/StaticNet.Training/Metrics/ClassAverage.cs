namespace StaticNet.Training.Metrics;

/// <summary>How the figures of classes become one.</summary>
public enum ClassAverage
{
    /// <summary>Their mean: each class counts the same.</summary>
    Macro,

    /// <summary>Over all decisions: each sample counts the same.</summary>
    Micro,
}
