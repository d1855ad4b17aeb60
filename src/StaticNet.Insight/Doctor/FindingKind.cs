namespace StaticNet.Insight;

/// <summary>What a doctor can find.</summary>
public enum FindingKind
{
    /// <summary>An input is NaN or infinite.</summary>
    NonFiniteInputs,

    /// <summary>Inputs are of a scale that networks do not learn well with.</summary>
    InputScale,

    /// <summary>Targets of a regression are of a scale that networks do not learn well with.</summary>
    TargetScale,

    /// <summary>Inputs have the same value in all samples.</summary>
    ConstantFeatures,

    /// <summary>One input tells the target: it may come from the answer.</summary>
    LeakingFeature,

    /// <summary>Some classes have many times as many samples as others.</summary>
    UnbalancedClasses,

    /// <summary>The loss does not fit the output or the targets.</summary>
    LossMismatch,

    /// <summary>Before training, the loss is far above what chance gives.</summary>
    InitialLoss,

    /// <summary>All units of a layer begin with the same weights, and stay the same.</summary>
    SymmetricWeights,

    /// <summary>Batches are too small for the statistics of a batch norm.</summary>
    TinyBatchStatistics,

    /// <summary>The gradients of early layers are next to nothing.</summary>
    VanishingGradients,

    /// <summary>Gradients grow beyond all bounds.</summary>
    ExplodingGradients,

    /// <summary>Units output 0 for every sample, and learn no more.</summary>
    DeadUnits,

    /// <summary>Units are at the ends of their range, where they hardly learn.</summary>
    SaturatedUnits,

    /// <summary>Steps are too large: the loss does not fall while weights change much.</summary>
    RateTooHigh,

    /// <summary>Steps are too small: the loss hardly falls while weights hardly change.</summary>
    RateTooLow,

    /// <summary>The network is no better than always giving the same answer.</summary>
    NoGain,

    /// <summary>The loss of the validation samples rises while that of the training samples falls.</summary>
    Overfitting,

    /// <summary>The loss of the training samples stays high and falls no more.</summary>
    Underfitting,

    /// <summary>Many samples look as if they had the wrong label.</summary>
    LabelNoise,

    /// <summary>A metric does not move while the loss does.</summary>
    StuckMetric,
}
