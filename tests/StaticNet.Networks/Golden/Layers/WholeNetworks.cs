namespace StaticNet.Networks.Golden.Layers;

/// <summary>Two convolutions around which the input is added.</summary>
[Conv2D(6, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(6, Padding = 1, Bias = false)]
[BatchNorm]
[Add("input")]
[Activation(Activation.ReLU)]
public sealed class SmallResidualBlock;

/// <summary>A step to half the size; a 1×1 convolution brings the input along.</summary>
[Conv2D(9, Stride = 2, AutoPadding = AutoPadding.Same, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(9, Padding = 1, Bias = false)]
[BatchNorm(Name = "residual")]
[Conv2D(9, Kernel = 1, Stride = 2, From = "input")]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class SmallResidualDown;

/// <summary>A residual network with batch normalisation.</summary>
[Network, Training(BatchSize = 8)]
[Input(3, 7, 6)]
[Conv2D(6, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Block(typeof(SmallResidualBlock))]
[Block(typeof(SmallResidualDown))]
[GlobalAveragePool]
[Dense(4)]
[SoftmaxCrossEntropyLoss]
public sealed partial class SmallResidualNetwork;

/// <summary>A depthwise separable network with batch normalisation.</summary>
[Network, Training(BatchSize = 8)]
[Input(1, 9, 8)]
[Conv2D(6, KernelHeight = 4, KernelWidth = 2, Stride = 2, AutoPadding = AutoPadding.Same, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[DepthwiseConv2D(AutoPadding = AutoPadding.Same, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Conv2D(10, Kernel = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[AveragePool2D(4, KernelHeight = 5)]
[Flatten]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class SmallDepthwiseNetwork;

/// <summary>A network with dense connections: each convolution sees all that came before it.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 6, 5)]
[Conv2D(3, Padding = 1, Activation = Activation.Tanh)]
[Concat("input", Name = "first")]
[Conv2D(4, Padding = 1, Activation = Activation.Tanh)]
[Concat("first", Name = "second")]
[AveragePool2D(2)]
[Conv2D(5, Kernel = 1, Activation = Activation.Tanh)]
[GlobalAveragePool]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class SmallDenseNetwork;

/// <summary>Down by convolutions and pooling, up by a transposed convolution and by upsampling.</summary>
[Network, Training(BatchSize = 8)]
[Input(1, 8, 8)]
[Conv2D(5, Stride = 2, Padding = 1, Activation = Activation.Tanh)]
[Conv2D(3, Padding = 1, Activation = Activation.Tanh)]
[MaxPool2D(2)]
[ConvTranspose2D(4, Kernel = 2, Stride = 2, Activation = Activation.Tanh)]
[Upsampling2D(2, Mode = Interpolation.Bilinear)]
[Conv2D(1, Padding = 1)]
[BinaryCrossEntropyWithLogitsLoss]
public sealed partial class SmallConvAutoencoder;
