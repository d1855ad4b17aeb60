namespace StaticNet.Training;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Completed,

    /// <summary>A callback asked for it, such as <see cref="EarlyStopping"/>.</summary>
    Callback,

    /// <summary>Its cancellation token was cancelled.</summary>
    Cancelled,

    /// <summary>The loss was not finite.</summary>
    Diverged,

    /// <summary><see cref="TrainerOptions.TimeBudget"/> was used up.</summary>
    TimeBudget,

    /// <summary><see cref="TrainerOptions.MaxSteps"/> were done.</summary>
    MaxSteps,
}
