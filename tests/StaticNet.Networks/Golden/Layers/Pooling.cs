namespace StaticNet.Networks.Golden.Layers;

[Network, Training(BatchSize = 8)]
[Input(2, 11)]
[Conv1D(3, Padding = 1, Activation = Activation.Tanh)]
[MaxPool1D(3, Stride = 2, Padding = 1)]
[Conv1D(3, Padding = 1, Activation = Activation.Tanh)]
[MaxPool1D(2, Stride = 1, Dilation = 2, PaddingLeft = 1)]
[AveragePool1D(2, CeilMode = true, CountIncludesPadding = false)]
[AveragePool1D(3, Stride = 1, PaddingRight = 1)]
[MeanSquaredErrorLoss]
public sealed partial class Pools1D;

[Network, Training(BatchSize = 8)]
[Input(2, 9, 8)]
[Conv2D(4, Kernel = 1, Activation = Activation.Tanh)]
[MaxPool2D(2)]
[Conv2D(3, Kernel = 1)]
[MeanSquaredErrorLoss]
public sealed partial class MaxPool2DPlain;

[Network, Training(BatchSize = 8)]
[Input(2, 9, 8)]
[Conv2D(4, Activation = Activation.Tanh)]
[MaxPool2D(3, Stride = 2, Padding = 1, CeilMode = true)]
[Conv2D(3, Padding = 1, Activation = Activation.Tanh)]
[MaxPool2D(
    2,
    KernelHeight = 3,
    StrideHeight = 1,
    StrideWidth = 2,
    DilationHeight = 1,
    DilationWidth = 2,
    PaddingTop = 1,
    PaddingBottom = 0,
    PaddingLeft = 0,
    PaddingRight = 1)]
[MeanSquaredErrorLoss]
public sealed partial class MaxPool2DOptions;

[Network, Training(BatchSize = 8)]
[Input(2, 8, 7)]
[Conv2D(4, Padding = 1, Activation = Activation.Tanh)]
[MaxPool2D(3, Stride = 2, AutoPadding = AutoPadding.Same)]
[Conv2D(4, Padding = 1, Activation = Activation.Tanh)]
[MaxPool2D(2, Stride = 1, AutoPadding = AutoPadding.SameLower)]
[AveragePool2D(3, Stride = 2, AutoPadding = AutoPadding.Same, CountIncludesPadding = false)]
[MeanSquaredErrorLoss]
public sealed partial class PoolAutoPadding;

[Network, Training(BatchSize = 8)]
[Input(2, 9, 8)]
[Conv2D(5, Padding = 1, Activation = Activation.Tanh)]
[AveragePool2D(2)]
[Conv2D(4, Padding = 1, Activation = Activation.Tanh)]
[AveragePool2D(3, Stride = 2, Padding = 1, CeilMode = true)]
[MeanSquaredErrorLoss]
public sealed partial class AveragePool2DPlain;

[Network, Training(BatchSize = 8)]
[Input(2, 9, 8)]
[Conv2D(4, Padding = 1, Activation = Activation.Tanh)]
[AveragePool2D(3, Stride = 2, Padding = 1, CeilMode = true, CountIncludesPadding = false)]
[Conv2D(3, Padding = 1, Activation = Activation.Tanh)]
[AveragePool2D(
    2,
    KernelWidth = 3,
    StrideHeight = 1,
    StrideWidth = 2,
    PaddingTop = 1,
    PaddingBottom = 0,
    PaddingLeft = 1,
    PaddingRight = 0,
    CountIncludesPadding = false)]
[MeanSquaredErrorLoss]
public sealed partial class AveragePool2DOptions;

[Network, Training(BatchSize = 8)]
[Input(3, 6, 7)]
[Conv2D(5, Activation = Activation.Tanh, Name = "features")]
[GlobalAveragePool]
[Dense(4, Name = "mean")]
[GlobalMaxPool(KeepAxes = true, From = "features")]
[Conv2D(4, Kernel = 1)]
[Flatten]
[Add("mean")]
[MeanSquaredErrorLoss]
public sealed partial class GlobalPools;
