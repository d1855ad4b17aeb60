using StaticNet;

namespace FashionMnist;

/// <summary>
/// A small residual network (He et al., Deep Residual Learning for Image Recognition, 2015): each block adds what two
/// convolutions find to its own input. 1×28×28 → 16×28×28 → 16×14×14 → 32×14×14 → 64×7×7 → 64 → 10.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(16, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Block(typeof(ResNetBlock16))]
[Block(typeof(ResNetBlock32))]
[Block(typeof(ResNetBlock64))]
[GlobalAveragePool]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 64)]
public sealed partial class ResNet;

/// <summary>Two 3×3 convolutions of 16 filters, around which the input is added.</summary>
[Conv2D(16, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(16, Padding = 1, Bias = false)]
[BatchNorm]
[Add("input")]
[Activation(Activation.ReLU)]
public sealed class ResNetBlock16;

/// <summary>Two 3×3 convolutions of 32 filters; a 1×1 convolution brings the input to as many channels.</summary>
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Name = "residual")]
[Conv2D(32, Kernel = 1, Bias = false, From = "input")]
[BatchNorm]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class ResNetBlock32;

/// <summary>The step to half the size and 64 filters; a 1×1 convolution brings the input along.</summary>
[Conv2D(64, Stride = 2, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Name = "residual")]
[Conv2D(64, Kernel = 1, Stride = 2, Bias = false, From = "input")]
[BatchNorm]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class ResNetBlock64;
