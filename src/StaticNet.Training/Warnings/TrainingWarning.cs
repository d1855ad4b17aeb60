namespace StaticNet.Training;

/// <summary>What a trainer warns about, without ending the run; <see cref="TrainerOptions.SilencedWarnings"/> silences some of
/// them.</summary>
public enum TrainingWarning
{
    /// <summary>The processor lacks the vector instructions that make networks fast.</summary>
    MissingInstructions,

    /// <summary>An optimizer that needs the gradients of all samples at each step, such as <see cref="Optimizers.Rprop"/>, gets
    /// those of only a part.</summary>
    PartialBatches,

    /// <summary>A batch has one sample, which has no variance for a batch norm.</summary>
    BatchOfOne,

    /// <summary>
    /// Inputs are far from the range that suits networks, such as pixels from 0 to 255, and the network neither has a scaling nor
    /// begins with a norm: at least a third of the values of an input are beyond ±10, or all are within ±0.01.
    /// </summary>
    InputScale,

    /// <summary>A class has no training sample, so it cannot be learned, or no validation sample.</summary>
    MissingClasses,

    /// <summary>
    /// In the first epochs, the loss goes up and down instead of falling: the gradients of successive steps point in opposite
    /// directions while it does not fall, or it is three times what it was at the beginning, and above chance level.
    /// </summary>
    OscillatingLoss,

    /// <summary>A newer checkpoint is damaged, and the run continues from an older one.</summary>
    DamagedCheckpoint,

    /// <summary>A checkpoint already has all requested epochs, so changed settings have no effect.</summary>
    FinishedCheckpoint,

    /// <summary>A callback starts again, since its state in the checkpoint does not fit and this was allowed.</summary>
    CallbackState,
}
