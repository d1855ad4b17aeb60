namespace StaticNet.Networks;

/// <summary>
/// A small network in the manner of VGG (Simonyan and Zisserman, 2015), with batch normalisation: pairs of 3×3 convolutions,
/// maximum pooling between them, 288,746 parameters. 3×32×32 → 32×16×16 → 64×8×8 → 128×8×8 → 128 → 10.
/// </summary>
[Network]
[Input(3, 32, 32)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(128, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(128, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[GlobalAveragePool]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class SmallVgg;
