namespace StaticNet.Kill;

/// <summary>Small, with all that a checkpoint must hold: parameters, running statistics, and dropout's masks by sample number.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[BatchNorm]
[Dropout(0.2)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 16)]
internal sealed partial class KilledNetwork;
