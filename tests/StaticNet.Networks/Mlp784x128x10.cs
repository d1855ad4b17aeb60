namespace StaticNet.Networks;

/// <summary>The classic classifier of 28×28 digits: one ReLU layer of 128, 10 classes. Its weights take 400 KB.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 128)]
public sealed partial class Mlp784x128x10;
