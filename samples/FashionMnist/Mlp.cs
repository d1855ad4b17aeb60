using StaticNet;

namespace FashionMnist;

/// <summary>A multilayer perceptron, 784 → 128 → 10: it sees the image as a row of 784 pixels, without their places.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 128)]
public sealed partial class Mlp;
