namespace StaticNet.Networks;

/// <summary>A depthwise 3×3 convolution and a pointwise one of 64 filters, each under batch normalisation and ReLU.</summary>
[DepthwiseConv2D(AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(64, Kernel = 1)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
public sealed class DsCnnBlock;

/// <summary>The layers of <see cref="DsCnn"/> up to its logits: 1×49×10 → 64×25×5 → 64×1×1 → 12.</summary>
[Conv2D(64, KernelHeight = 10, KernelWidth = 4, Stride = 2, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Dropout(0.2)]
[Block(typeof(DsCnnBlock))]
[Block(typeof(DsCnnBlock))]
[Block(typeof(DsCnnBlock))]
[Block(typeof(DsCnnBlock))]
[Dropout(0.4)]
[AveragePool2D(24, KernelWidth = 5)]
[Flatten]
[Dense(12)]
public sealed class DsCnnLayers;

/// <summary>
/// The keyword spotting network of MLPerf Tiny (Banbury et al., 2021), a depthwise separable network after Zhang et al.
/// (2017): 49 frames of 10 coefficients → the probabilities of 12 words. Convolutions with a bias, "same" padding, batch
/// normalisation (ε 10⁻³, as in the reference implementation) and ReLU behind each; the pooling of 24×5 leaves the last of
/// the 25 rows out.
/// </summary>
[Network]
[Input(1, 49, 10)]
[Block(typeof(DsCnnLayers), Name = "layers")]
[Activation(Activation.Softmax)]
public sealed partial class DsCnn;

/// <summary><see cref="DsCnn"/> as it is trained: the loss takes the logits.</summary>
[Network]
[Input(1, 49, 10)]
[Block(typeof(DsCnnLayers), Name = "layers")]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class DsCnnTraining;
