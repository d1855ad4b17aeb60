namespace StaticNet.Networks;

/// <summary>Two 3×3 convolutions of 16 filters, around which the input is added.</summary>
[Conv2D(16, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(16, Padding = 1, Bias = false)]
[BatchNorm]
[Add("input")]
[Activation(Activation.ReLU)]
public sealed class ResNet20Block16;

/// <summary>Two 3×3 convolutions of 32 filters, around which the input is added.</summary>
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm]
[Add("input")]
[Activation(Activation.ReLU)]
public sealed class ResNet20Block32;

/// <summary>Two 3×3 convolutions of 64 filters, around which the input is added.</summary>
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm]
[Add("input")]
[Activation(Activation.ReLU)]
public sealed class ResNet20Block64;

/// <summary>The step to half the size and 32 filters; a 1×1 convolution brings the input along.</summary>
[Conv2D(32, Stride = 2, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Bias = false)]
[BatchNorm(Name = "residual")]
[Conv2D(32, Kernel = 1, Stride = 2, Bias = false, From = "input")]
[BatchNorm]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class ResNet20Down32;

/// <summary>The step to half the size and 64 filters; a 1×1 convolution brings the input along.</summary>
[Conv2D(64, Stride = 2, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(64, Padding = 1, Bias = false)]
[BatchNorm(Name = "residual")]
[Conv2D(64, Kernel = 1, Stride = 2, Bias = false, From = "input")]
[BatchNorm]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class ResNet20Down64;

/// <summary>
/// ResNet-20 for images of 32×32 (He et al., Deep Residual Learning for Image Recognition, 2015, section 4.2): three stages of
/// three residual blocks. 3×32×32 → 16×32×32 → 32×16×16 → 64×8×8 → 64 → 10. Where a stage begins the shortcut is a 1×1
/// convolution with stride 2 (the paper's option B; its own networks of this size pad with zero channels).
/// </summary>
[Network]
[Input(3, 32, 32)]
[Conv2D(16, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Block(typeof(ResNet20Block16))]
[Block(typeof(ResNet20Block16))]
[Block(typeof(ResNet20Block16))]
[Block(typeof(ResNet20Down32))]
[Block(typeof(ResNet20Block32))]
[Block(typeof(ResNet20Block32))]
[Block(typeof(ResNet20Down64))]
[Block(typeof(ResNet20Block64))]
[Block(typeof(ResNet20Block64))]
[GlobalAveragePool]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class ResNet20;
