namespace StaticNet.Networks;

/// <summary>A small classifier that fills the first-level cache: 64 inputs, two ReLU layers of 64, 8 classes.</summary>
[Network]
[Input(64)]
[Dense(64, Activation = Activation.ReLU)]
[Dense(64, Activation = Activation.ReLU)]
[Dense(8)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class Mlp64x64x64x8;
