namespace StaticNet.Networks;

/// <summary>
/// The usual first convolutional network of tutorials: two 3×3 convolutions of 32 and 64 filters, each with maximum pooling,
/// and a dense layer of 128. 1×28×28 → 32×28×28 → 32×14×14 → 64×14×14 → 64×7×7 → 128 → 10.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(32, Padding = 1, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(64, Padding = 1, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 64)]
public sealed partial class Cnn32x64;
