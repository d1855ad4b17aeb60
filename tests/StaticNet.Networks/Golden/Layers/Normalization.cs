namespace StaticNet.Networks.Golden.Layers;

[Network, Training(BatchSize = 8)]
[Input(2, 6, 5)]
[Conv2D(5, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(3, Kernel = 2, Bias = false)]
[BatchNorm(Epsilon = 1e-3f, Momentum = 0.3f, Activation = Activation.PReLU)]
[MeanSquaredErrorLoss]
public sealed partial class BatchNorm2D;

/// <summary>Of channels by length, and of features.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 9)]
[Conv1D(4, Bias = false)]
[BatchNorm]
[Activation(Activation.Tanh)]
[Flatten]
[Dense(6, Bias = false)]
[BatchNorm(Activation = Activation.Tanh)]
[Dense(3)]
[MeanSquaredErrorLoss]
public sealed partial class BatchNorm1D;

/// <summary>The running statistics are the average of all batches.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 5, 4)]
[BatchNorm(Momentum = float.NaN)]
[Conv2D(4, Padding = 1, Bias = false)]
[BatchNorm(Momentum = float.NaN, Affine = false)]
[Conv2D(2)]
[MeanSquaredErrorLoss]
public sealed partial class BatchNormCumulative;

/// <summary>A frozen one normalises by its running statistics in training too.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 5, 4)]
[Conv2D(4, Padding = 1)]
[BatchNorm(Trainable = false, Activation = Activation.Tanh)]
[Conv2D(3, Bias = false)]
[BatchNorm]
[MeanSquaredErrorLoss]
public sealed partial class BatchNormFrozen;

[Network, Training(BatchSize = 8)]
[Input(3, 5, 4)]
[Conv2D(4, Padding = 1)]
[LayerNorm]
[Conv2D(3, Kernel = 2, Bias = false)]
[LayerNorm(FirstAxis = -1, Epsilon = 1e-2f)]
[LayerNorm(FirstAxis = 1, Affine = false)]
[Flatten]
[Dense(6)]
[LayerNorm]
[MeanSquaredErrorLoss]
public sealed partial class LayerNorms;

[Network, Training(BatchSize = 8)]
[Input(3, 5, 4)]
[Conv2D(4, Padding = 1)]
[RMSNorm]
[Conv2D(3, Kernel = 2)]
[RMSNorm(FirstAxis = -1, Epsilon = 1e-2f)]
[RMSNorm(FirstAxis = 1, Affine = false)]
[Flatten]
[Dense(6)]
[RMSNorm]
[MeanSquaredErrorLoss]
public sealed partial class RMSNorms;

[Network, Training(BatchSize = 8)]
[Input(2, 6, 5)]
[Conv2D(6)]
[GroupNorm(3)]
[Activation(Activation.Tanh)]
[Conv2D(4, Kernel = 2, Bias = false)]
[InstanceNorm]
[InstanceNorm(Affine = true, Epsilon = 1e-2f)]
[GroupNorm(2, Affine = false)]
[MeanSquaredErrorLoss]
public sealed partial class GroupAndInstanceNorms;

[Network, Training(BatchSize = 8)]
[Input(7, 4, 3)]
[Conv2D(9, Kernel = 2)]
[LocalResponseNorm]
[Conv2D(6, Kernel = 1)]
[LocalResponseNorm(Size = 4, Alpha = 0.5f, Beta = 0.6f, K = 1)]
[MeanSquaredErrorLoss]
public sealed partial class LocalResponseNorms;
