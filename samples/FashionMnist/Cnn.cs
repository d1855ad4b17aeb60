using StaticNet;

namespace FashionMnist;

/// <summary>
/// A small convolutional network in the manner of VGG: 3×3 convolutions, each with batch normalisation and ReLU, and maximum
/// pooling between the sizes. A mean over each channel takes the place of large dense layers.
/// 1×28×28 → 32×28×28 → 32×14×14 → 64×7×7 → 64 → 10.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[GlobalAveragePool]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 64)]
public sealed partial class Cnn;
