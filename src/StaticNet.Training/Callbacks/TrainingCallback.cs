namespace StaticNet.Training;

/// <summary>Something that is called during training. Override what is of interest.</summary>
/// <remarks>
/// The context is the same object throughout; it also stops the training. What is called for each batch should allocate
/// nothing, as the trainer does.
/// </remarks>
public abstract class TrainingCallback
{
    /// <summary>Called before the first epoch of a run.</summary>
    /// <param name="context">Where the training is.</param>
    public virtual void OnRunBegin(TrainingContext context)
    {
    }

    /// <summary>Called after a run, however it ended; an exception may be on its way.</summary>
    /// <param name="context">Where the training is.</param>
    public virtual void OnRunEnd(TrainingContext context)
    {
    }

    /// <summary>Called before the first batch of an epoch.</summary>
    /// <param name="context">Where the training is.</param>
    public virtual void OnEpochBegin(TrainingContext context)
    {
    }

    /// <summary>Called after an epoch and its validation; its result is the last of the history. Not called for an epoch cut short.</summary>
    /// <param name="context">Where the training is.</param>
    public virtual void OnEpochEnd(TrainingContext context)
    {
    }

    /// <summary>Called before a batch is trained with.</summary>
    /// <param name="context">Where the training is.</param>
    public virtual void OnBatchBegin(TrainingContext context)
    {
    }

    /// <summary>Called after the parameters have changed.</summary>
    /// <param name="context">Where the training is.</param>
    public virtual void OnBatchEnd(TrainingContext context)
    {
    }
}
