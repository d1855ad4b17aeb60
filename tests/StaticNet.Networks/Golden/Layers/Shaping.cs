namespace StaticNet.Networks.Golden.Layers;

[Network, Training(BatchSize = 8)]
[Input(2, 7)]
[Conv1D(3, Activation = Activation.Tanh)]
[ZeroPadding1D(2)]
[Conv1D(3, Kernel = 2, Activation = Activation.Tanh)]
[Cropping1D(1, CroppingRight = 2)]
[Upsampling1D(2)]
[Conv1D(2, Activation = Activation.Tanh)]
[Upsampling1D(3, Mode = Interpolation.Bilinear)]
[MeanSquaredErrorLoss]
public sealed partial class Shaping1D;

[Network, Training(BatchSize = 8)]
[Input(2, 6, 5)]
[Conv2D(4, Activation = Activation.Tanh)]
[ZeroPadding2D(1, PaddingTop = 2, PaddingRight = 0)]
[Conv2D(3, Kernel = 2, Activation = Activation.Tanh)]
[Cropping2D(1, CroppingBottom = 2, CroppingLeft = 0)]
[ZeroPadding2D(2)]
[Cropping2D(1)]
[Conv2D(2, Kernel = 2)]
[MeanSquaredErrorLoss]
public sealed partial class PaddingAndCropping;

[Network, Training(BatchSize = 8)]
[Input(2, 4, 3)]
[Conv2D(3, Kernel = 1, Activation = Activation.Tanh)]
[Upsampling2D(2)]
[Conv2D(3, Activation = Activation.Tanh)]
[Upsampling2D(2, ScaleHeight = 1, ScaleWidth = 3)]
[Conv2D(2)]
[MeanSquaredErrorLoss]
public sealed partial class UpsamplingNearest;

[Network, Training(BatchSize = 8)]
[Input(2, 3, 4)]
[Conv2D(3, Kernel = 1, Activation = Activation.Tanh)]
[Upsampling2D(2, Mode = Interpolation.Bilinear)]
[Conv2D(2, Activation = Activation.Tanh)]
[Upsampling2D(2, ScaleHeight = 3, Mode = Interpolation.Bilinear, AlignCorners = true)]
[MeanSquaredErrorLoss]
public sealed partial class UpsamplingBilinear;

[Network, Training(BatchSize = 8)]
[Input(3, 5, 4)]
[Conv2D(6, Activation = Activation.Tanh)]
[Permute(2, 0, 1)]
[Slice(1, 1, 4)]
[Dense(5, Activation = Activation.Tanh, Name = "wide")]
[Slice(-1, 0, 3)]
[Mean(1)]
[Permute(1, 0)]
[Flatten]
[Dense(4, Name = "narrow")]
[Mean(-1, 0, From = "wide")]
[Add("narrow", Name = "sum")]
[Mean(From = "wide")]
[Concat("sum")]
[MeanSquaredErrorLoss]
public sealed partial class PermuteSliceMean;

/// <summary>At inference dropout of channels is not there.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 5, 4)]
[Conv2D(4, Activation = Activation.Tanh)]
[SpatialDropout(0.5)]
[Conv2D(2, Kernel = 2)]
[MeanSquaredErrorLoss]
public sealed partial class SpatialDropoutOff;
