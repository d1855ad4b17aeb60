namespace StaticNet.Networks.Golden;

// Where a loss has a term for each element, each network here takes it twice: as a mean, and as a weighted sum.

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[MeanSquaredErrorLoss]
[MeanSquaredErrorLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class MeanSquaredError;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[HalfSquaredErrorLoss]
[HalfSquaredErrorLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class HalfSquaredError;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[MeanAbsoluteErrorLoss]
[MeanAbsoluteErrorLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class MeanAbsoluteError;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[HuberLoss]
[HuberLoss(Delta = 0.4f, Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class Huber;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5, Activation = Activation.Sigmoid)]
[BinaryCrossEntropyLoss]
[BinaryCrossEntropyLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class BinaryCrossEntropy;

/// <summary>Probabilities that no sigmoid gave.</summary>
[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5, Activation = Activation.Softmax)]
[BinaryCrossEntropyLoss]
public sealed partial class BinaryCrossEntropyOnSoftmax;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[BinaryCrossEntropyWithLogitsLoss]
[BinaryCrossEntropyWithLogitsLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class BinaryCrossEntropyWithLogits;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[SoftmaxCrossEntropyLoss]
public sealed partial class SoftmaxCrossEntropy;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[SoftmaxCrossEntropyLoss(SoftTargets = true)]
public sealed partial class SoftTargets;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.1f)]
[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.2f, SoftTargets = true, Weight = 0.3f)]
public sealed partial class LabelSmoothing;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[HingeLoss]
[HingeLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class Hinge;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[SquaredHingeLoss]
[SquaredHingeLoss(Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class SquaredHinge;

[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(5)]
[MultiClassHingeLoss]
[MultiClassHingeLoss(Margin = 0.5f, Reduction = Reduction.Sum, Weight = 0.3f)]
public sealed partial class MultiClassHinge;

/// <summary>Logits of ±1,000 behind a sigmoid, as logits, and under a softmax.</summary>
[Network, Training(BatchSize = 8)]
[Input(4)]
[Dense(4, Name = "logits")]
[Activation(Activation.Sigmoid, Name = "probabilities")]
[Dense(3, From = "logits")]
[BinaryCrossEntropyLoss(From = "probabilities")]
[BinaryCrossEntropyWithLogitsLoss(From = "logits")]
[SoftmaxCrossEntropyLoss(From = "logits")]
[MeanAbsoluteErrorLoss]
public sealed partial class LargeLogits;
