namespace StaticNet;

/// <summary>The loss functions.</summary>
public enum LossKind
{
    /// <summary><see cref="MeanSquaredErrorLossAttribute"/></summary>
    MeanSquaredError,

    /// <summary><see cref="HalfSquaredErrorLossAttribute"/></summary>
    HalfSquaredError,

    /// <summary><see cref="MeanAbsoluteErrorLossAttribute"/></summary>
    MeanAbsoluteError,

    /// <summary><see cref="HuberLossAttribute"/></summary>
    Huber,

    /// <summary><see cref="BinaryCrossEntropyLossAttribute"/></summary>
    BinaryCrossEntropy,

    /// <summary><see cref="BinaryCrossEntropyWithLogitsLossAttribute"/></summary>
    BinaryCrossEntropyWithLogits,

    /// <summary><see cref="SoftmaxCrossEntropyLossAttribute"/></summary>
    SoftmaxCrossEntropy,

    /// <summary><see cref="HingeLossAttribute"/></summary>
    Hinge,

    /// <summary><see cref="MultiClassHingeLossAttribute"/></summary>
    MultiClassHinge,

    /// <summary><see cref="SquaredHingeLossAttribute"/></summary>
    SquaredHinge,

    /// <summary><see cref="CenterLossAttribute"/></summary>
    Center,

    /// <summary><see cref="CustomLossAttribute"/></summary>
    Custom,
}
