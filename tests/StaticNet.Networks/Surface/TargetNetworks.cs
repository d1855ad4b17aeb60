namespace StaticNet.Networks;

/// <summary>Binary cross-entropy on probabilities.</summary>
[Network]
[Input(2)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropyLoss]
[Training(BatchSize = 16)]
public sealed partial class ProbabilityTargets;

/// <summary>Binary cross-entropy on logits, of several labels.</summary>
[Network]
[Input(2)]
[Dense(3)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 16)]
public sealed partial class LogitTargets;

/// <summary>Cross-entropy with one probability a class.</summary>
[Network]
[Input(2)]
[Dense(3)]
[SoftmaxCrossEntropyLoss(SoftTargets = true)]
[Training(BatchSize = 16)]
public sealed partial class DistributionTargets;

/// <summary>Cross-entropy with the class's index.</summary>
[Network]
[Input(2)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class IndexTargets;

/// <summary>The hinge.</summary>
[Network]
[Input(2)]
[Dense(1)]
[HingeLoss]
[Training(BatchSize = 16)]
public sealed partial class SignTargets;

/// <summary>The squared hinge.</summary>
[Network]
[Input(2)]
[Dense(1)]
[SquaredHingeLoss]
[Training(BatchSize = 16)]
public sealed partial class SquaredSignTargets;

/// <summary>Any finite number.</summary>
[Network]
[Input(2)]
[Dense(1)]
[HuberLoss]
[Training(BatchSize = 16)]
public sealed partial class FiniteTargets;

/// <summary>Two losses, so that targets of one kind stand between those of another.</summary>
[Network]
[Input(2)]
[Dense(3, Name = "first")]
[Dense(2)]
[SoftmaxCrossEntropyLoss(From = "first")]
[MeanSquaredErrorLoss]
[Training(BatchSize = 16)]
public sealed partial class MixedTargets;
