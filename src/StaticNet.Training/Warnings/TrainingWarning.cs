namespace StaticNet.Training;

/// <summary>What a trainer warns of, without ending anything; <see cref="TrainerOptions.SilencedWarnings"/> leaves kinds of them out.</summary>
public enum TrainingWarning
{
    /// <summary>The processor lacks the vector instructions that make networks fast.</summary>
    MissingInstructions,

    /// <summary>An optimizer that needs the gradients of all samples at each step, such as <see cref="Optimizers.Rprop"/>, gets those of a part.</summary>
    PartialBatches,

    /// <summary>A batch has one sample, which has no variance for a batch norm.</summary>
    BatchOfOne,

    /// <summary>
    /// Inputs are far from the numbers that networks are made for, as pixels of 0 to 255 are, and the network neither has a scaling nor begins
    /// with a norm: at least a third of the values of an input are beyond ±10, or all are within ±0.01.
    /// </summary>
    InputScale,

    /// <summary>A class has no sample among those to train with, so that it cannot be learned, or among those to validate with.</summary>
    MissingClasses,

    /// <summary>
    /// In the first epochs the loss goes up and down instead of falling: the gradients of successive steps point against each other while it
    /// does not fall, or it is three times what it was at the begin, and more than chance gives.
    /// </summary>
    OscillatingLoss,

    /// <summary>A newer checkpoint is damaged, and an older one is gone on from.</summary>
    DamagedCheckpoint,

    /// <summary>A checkpoint has all epochs that were asked for, so that changed settings have no effect.</summary>
    FinishedCheckpoint,

    /// <summary>A callback begins again, since the checkpoint's state of it does not fit and that was allowed.</summary>
    CallbackState,
}
