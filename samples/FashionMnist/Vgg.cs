using StaticNet;

namespace FashionMnist;

/// <summary>
/// A wider network in the manner of VGG (Simonyan and Zisserman, 2014): pairs of 3×3 convolutions, each with batch normalisation and
/// ReLU, and maximum pooling between the sizes. 1×28×28 → 32×28×28 → 64×14×14 → 128×7×7 → 128 → 10.
/// </summary>
[Network]
[Input(1, 28, 28)]
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
[Dropout(0.2)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 128)]
public sealed partial class Vgg;
