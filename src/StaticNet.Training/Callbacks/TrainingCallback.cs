using StaticNet.Serialization;

namespace StaticNet.Training;

/// <summary>A callback during training. Override the methods you need.</summary>
/// <remarks>
/// The context is the same object throughout a run; it can also stop the run. Methods that are called for each batch should not
/// allocate, like the trainer itself. Callbacks are called in the order of <see cref="TrainerOptions.Callbacks"/>, except that a
/// <see cref="CheckpointCallback"/> comes after all others, so that it stores their results for a batch or an epoch. A callback
/// is in one run at a time: another run with it is refused.
/// </remarks>
public abstract class TrainingCallback
{
    private Trainer? _runner;

    /// <summary>Takes the callback for a run.</summary>
    /// <returns>Whether it is in none.</returns>
    internal bool TryEnter(Trainer trainer) => Interlocked.CompareExchange(ref _runner, trainer, null) is null;

    /// <summary>Ends what <see cref="TryEnter"/> has begun.</summary>
    internal void Leave() => Volatile.Write(ref _runner, null);

    /// <summary>Called when the validation samples were measured within an epoch; the result is the last of <see cref="History.Steps"/>.</summary>
    internal virtual void OnStepMeasured(TrainingContext context, StepResult result)
    {
    }

    /// <summary>Called when a run continues from a checkpoint and all callbacks have loaded their states.</summary>
    internal virtual void OnResumed(TrainingContext context)
    {
    }

    /// <summary>Called before the first epoch of a run.</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnRunBegin(TrainingContext context)
    {
    }

    /// <summary>Called after a run, however it ended; an exception may be thrown afterwards.</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnRunEnd(TrainingContext context)
    {
    }

    /// <summary>
    /// Called for each warning (<see cref="TrainingWarning"/>) that is not silenced, after all callbacks have begun. The warning
    /// also goes to <see cref="TrainerOptions.Warnings"/>.
    /// </summary>
    /// <param name="context">The state of the run.</param>
    /// <param name="message">A sentence for the user.</param>
    public virtual void OnWarning(TrainingContext context, string message)
    {
    }

    /// <summary>
    /// Called before the first batch of an epoch, and when a resumed run continues in the middle of one:
    /// <see cref="TrainingContext.Batch"/> is then the number of batches that were done before.
    /// </summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnEpochBegin(TrainingContext context)
    {
    }

    /// <summary>Called after an epoch and its validation; its result is the last one of the history. Not called for an
    /// interrupted epoch.</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnEpochEnd(TrainingContext context)
    {
    }

    /// <summary>Called when an epoch is interrupted: cancelled, out of time, or stopped by a callback. All batches begun are
    /// finished.</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnEpochInterrupted(TrainingContext context)
    {
    }

    /// <summary>Called before a batch is trained on.</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnBatchBegin(TrainingContext context)
    {
    }

    /// <summary>
    /// Called before the optimizer's step, when <see cref="TrainingContext.Gradients"/> holds the gradients of all its samples;
    /// with <see cref="TrainerOptions.AccumulateBatches"/>, not for every batch.
    /// </summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnStepBegin(TrainingContext context)
    {
    }

    /// <summary>Called after a batch, when the parameters have changed if it ended with a step
    /// (<see cref="TrainingContext.StepTaken"/>).</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnBatchEnd(TrainingContext context)
    {
    }

    /// <summary>
    /// Called when a step is over: after <see cref="OnBatchEnd"/> of all callbacks and, if it was due
    /// (<see cref="TrainerOptions.ValidateEvery"/>), the measurement of the validation samples.
    /// </summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnStepEnd(TrainingContext context)
    {
    }

    /// <summary>Called before loss and metrics of the validation samples are measured, at the end of an epoch or after a step.</summary>
    /// <param name="context">The state of the run.</param>
    public virtual void OnValidationBegin(TrainingContext context)
    {
    }

    /// <summary>Called after loss and metrics of the validation samples have been measured.</summary>
    /// <param name="context">The state of the run.</param>
    /// <param name="evaluation">What was measured.</param>
    public virtual void OnValidationEnd(TrainingContext context, Evaluation evaluation)
    {
    }

    /// <summary>Called when an exception ends the run, before <see cref="OnRunEnd"/>. The exception is thrown
    /// afterwards.</summary>
    /// <param name="context">The state of the run.</param>
    /// <param name="exception">The exception.</param>
    public virtual void OnException(TrainingContext context, Exception exception)
    {
    }

    /// <summary>
    /// Copies the callback's state, for a checkpoint; null (the default) if it keeps nothing from one batch to another that
    /// affects training.
    /// </summary>
    /// <returns>A state for <see cref="LoadStateDict"/>, to continue from here.</returns>
    public virtual StateDict? ToStateDict() => null;

    /// <summary>Loads the state from a checkpoint; called after <see cref="OnRunBegin"/> when a run is resumed.</summary>
    /// <param name="state">The result of <see cref="ToStateDict"/> of the same kind of callback.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    public virtual void LoadStateDict(StateDict state)
    {
    }
}
