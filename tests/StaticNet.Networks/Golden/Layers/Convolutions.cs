namespace StaticNet.Networks.Golden.Layers;

[Network, Training(BatchSize = 8)]
[Input(3, 11)]
[Conv1D(6, Kernel = 4, Stride = 2, PaddingLeft = 1, PaddingRight = 2, Groups = 3, Activation = Activation.Tanh)]
[Conv1D(5, Dilation = 2, Padding = 1, Activation = Activation.PReLU)]
[Conv1D(4, Kernel = 1, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class Conv1DOptions;

[Network, Training(BatchSize = 8)]
[Input(2, 9)]
[Conv1D(4, Kernel = 4, Stride = 2, AutoPadding = AutoPadding.Same, Activation = Activation.Tanh)]
[Conv1D(3, Kernel = 2, AutoPadding = AutoPadding.SameLower)]
[MeanSquaredErrorLoss]
public sealed partial class Conv1DAutoPadding;

[Network, Training(BatchSize = 8)]
[Input(3, 7, 9)]
[Conv2D(5, Padding = 1, Activation = Activation.ReLU)]
[Conv2D(4, Kernel = 1, Activation = Activation.Sigmoid)]
[Conv2D(3, Algorithm = ConvolutionAlgorithm.Direct)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DPlain;

/// <summary>Every size differs between height and width, and every side has a padding of its own.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 9, 6)]
[Conv2D(
    4,
    KernelHeight = 3,
    KernelWidth = 2,
    StrideHeight = 2,
    StrideWidth = 1,
    DilationHeight = 1,
    DilationWidth = 3,
    PaddingTop = 2,
    PaddingBottom = 0,
    PaddingLeft = 1,
    PaddingRight = 3,
    Activation = Activation.Tanh)]
[Conv2D(3, KernelHeight = 1, KernelWidth = 4, Padding = 1)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DRectangular;

[Network, Training(BatchSize = 8)]
[Input(4, 6, 5)]
[Conv2D(6, Groups = 2, Padding = 1, Activation = Activation.Tanh)]
[Conv2D(9, Groups = 3, Kernel = 2, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DGroups;

/// <summary>Automatic padding at even and odd sizes, with stride and dilation.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 8, 7)]
[Conv2D(5, Stride = 2, AutoPadding = AutoPadding.Same, Activation = Activation.Tanh)]
[Conv2D(4, Kernel = 2, AutoPadding = AutoPadding.SameLower, Activation = Activation.Tanh)]
[Conv2D(3, Kernel = 2, Dilation = 3, AutoPadding = AutoPadding.Same)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DAutoPadding;

/// <summary>More channels than a panel is wide.</summary>
[Network, Training(BatchSize = 8)]
[Input(17, 5, 6)]
[Conv2D(20, Padding = 1, Activation = Activation.Tanh)]
[Conv2D(3)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DManyChannels;

/// <summary>A large kernel, a stride that leaves elements out, and a kernel as large as its input.</summary>
[Network, Training(BatchSize = 8)]
[Input(1, 9, 8)]
[Conv2D(4, Kernel = 5, Padding = 2, Activation = Activation.Tanh)]
[Conv2D(6, Kernel = 2, Stride = 3, Activation = Activation.Tanh)]
[Conv2D(4, KernelHeight = 3, KernelWidth = 3)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DKernels;

[Network, Training(BatchSize = 8)]
[Input(8, 9, 7)]
[Conv2D(9, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd, Activation = Activation.Tanh)]
[Conv2D(3, Algorithm = ConvolutionAlgorithm.Winograd)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DWinograd;

[Network, Training(BatchSize = 8)]
[Input(2, 5, 6)]
[Conv2D(4, Activation = Activation.PReLU)]
[Conv2D(4, Kernel = 1, Activation = Activation.PReLU, SharedSlope = true)]
[Conv2D(4, Kernel = 1, Activation = Activation.LeakyReLU, ActivationAlpha = 0.2f)]
[Conv2D(4, Kernel = 1, Activation = Activation.SiLU)]
[Conv2D(4, Kernel = 1, Activation = Activation.LeCunTanh)]
[Conv2D(4, Kernel = 1, Activation = Activation.GELU)]
[Conv2D(3, Kernel = 1, Bias = false, Activation = Activation.Softmax)]
[MeanSquaredErrorLoss]
public sealed partial class Conv2DActivations;

/// <summary>LeNet-5's: subsampling that learns, and filters that see some of the channels.</summary>
[Network, Training(BatchSize = 8)]
[Input(3, 8, 9)]
[Subsampling2D(2, Activation = Activation.LeCunTanh)]
[Conv2D(4, Kernel = 2, Activation = Activation.LeCunTanh, Connections = ["X.XX", "XX.X", ".XXX"])]
[Subsampling2D(2, Stride = 1, Activation = Activation.PReLU)]
[MeanSquaredErrorLoss]
public sealed partial class SubsamplingConnections;

[Network, Training(BatchSize = 8)]
[Input(2, 5, 6)]
[Conv2D(5, WeightNorm = true, Activation = Activation.Tanh)]
[Conv2D(4, Kernel = 2, Groups = 1, Bias = false, WeightNorm = true)]
[Flatten]
[Dense(6, WeightNorm = true, Activation = Activation.LeCunTanh)]
[Reshape(2, 3)]
[Conv1D(3, Kernel = 2, WeightNorm = true)]
[MeanSquaredErrorLoss]
public sealed partial class WeightNormalization;

[Network, Training(BatchSize = 8)]
[Input(2, 6, 5)]
[Conv2D(4, Activation = Activation.Tanh)]
[Conv2D(5, Padding = 1, Trainable = false, Activation = Activation.Tanh)]
[Conv2D(3, Kernel = 2)]
[MeanSquaredErrorLoss]
public sealed partial class FrozenConvolution;

/// <summary>The user's spans hold [height, width, channel].</summary>
[Network, Training(BatchSize = 8)]
[Input(3, 5, 6, Layout = Layout.ChannelsLast)]
[Conv2D(4, Padding = 1, Activation = Activation.Tanh)]
[Conv2D(2, Kernel = 2)]
[MeanSquaredErrorLoss]
public sealed partial class ChannelsLast;
