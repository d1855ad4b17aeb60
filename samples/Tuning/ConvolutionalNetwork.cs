using StaticNet;

namespace Tuning;

/// <summary>8×8 pixels in, one score for each digit out: convolutions, which know what is beside what.</summary>
[Network]
[Input(1, 8, 8)]
[Conv2D(16, Padding = 1, Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Dropout(0.3)]
[Flatten]
[Dense(64, Activation = Activation.ReLU)]
[Dropout(0.3)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 64)]
public sealed partial class ConvolutionalNetwork;
