namespace StaticNet.Networks.Golden.Layers;

[Network, Training(BatchSize = 8)]
[Input(5, 7, 6)]
[DepthwiseConv2D(Padding = 1, Activation = Activation.ReLU)]
[DepthwiseConv2D(Stride = 2, DepthMultiplier = 2, AutoPadding = AutoPadding.Same, Activation = Activation.Tanh)]
[DepthwiseConv2D(KernelHeight = 1, KernelWidth = 2, Dilation = 2, PaddingTop = 0, PaddingBottom = 0, PaddingLeft = 2, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class Depthwise;

/// <summary>More channels than a panel is wide, and a kernel that is no 3×3.</summary>
[Network, Training(BatchSize = 8)]
[Input(18, 5, 6)]
[DepthwiseConv2D(Kernel = 5, Padding = 2, Activation = Activation.Tanh)]
[Conv2D(3, Kernel = 1)]
[MeanSquaredErrorLoss]
public sealed partial class DepthwiseManyChannels;

[Network, Training(BatchSize = 8)]
[Input(3, 7, 8)]
[SeparableConv2D(6, Stride = 2, DepthMultiplier = 2, AutoPadding = AutoPadding.SameLower, Activation = Activation.Tanh)]
[SeparableConv2D(4, Padding = 1, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class Separable;

[Network, Training(BatchSize = 8)]
[Input(4, 5)]
[ConvTranspose1D(6, Stride = 2, Padding = 1, OutputPadding = 1, Groups = 2, Activation = Activation.Tanh)]
[ConvTranspose1D(3, Kernel = 2, Dilation = 2, PaddingLeft = 0, PaddingRight = 2)]
[MeanSquaredErrorLoss]
public sealed partial class ConvTranspose1DOptions;

[Network, Training(BatchSize = 8)]
[Input(3, 4, 3)]
[ConvTranspose2D(5, Activation = Activation.ReLU)]
[ConvTranspose2D(2, Stride = 2, Padding = 1, OutputPadding = 1)]
[MeanSquaredErrorLoss]
public sealed partial class ConvTranspose2DPlain;

[Network, Training(BatchSize = 8)]
[Input(4, 4, 3)]
[ConvTranspose2D(
    6,
    KernelHeight = 2,
    KernelWidth = 3,
    StrideHeight = 3,
    StrideWidth = 2,
    DilationHeight = 2,
    DilationWidth = 1,
    PaddingTop = 1,
    PaddingBottom = 2,
    PaddingLeft = 0,
    PaddingRight = 1,
    OutputPaddingHeight = 2,
    OutputPaddingWidth = 0,
    Groups = 2,
    Activation = Activation.Tanh)]
[ConvTranspose2D(2, Kernel = 2, Padding = 1, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class ConvTranspose2DOptions;
