namespace StaticNet.Networks;

/// <summary>A small network whose parameters come from a PyTorch checkpoint: convolutions with batch norms, and a classifier.</summary>
[Network]
[Input(3, 12, 12)]
[Conv2D(8, Padding = 1, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(16, Padding = 1)]
[BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(24, Activation = Activation.ReLU)]
[Dropout(0.5f)]
[Dense(5)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 8)]
public sealed partial class TorchCnn;

/// <summary><see cref="TorchCnn"/> to run only.</summary>
[InferenceOf(typeof(TorchCnn))]
public sealed partial class TorchCnnModel;

/// <summary>A small network whose parameters come from Keras: every kind of kernel, a batch norm with Keras' ε, and a dense layer after a flattened image.</summary>
[Network]
[Input(3, 10, 8)]
[Conv2D(6, AutoPadding = AutoPadding.Same, Activation = Activation.ReLU)]
[BatchNorm(Epsilon = 1e-3f, Momentum = 0.01f)]
[DepthwiseConv2D(AutoPadding = AutoPadding.Same, DepthMultiplier = 2, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[SeparableConv2D(5, AutoPadding = AutoPadding.Same, Activation = Activation.ReLU)]
[ConvTranspose2D(4, Kernel = 2, Stride = 2)]
[Flatten]
[Dense(7, Activation = Activation.ReLU)]
[Dense(4)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 8)]
public sealed partial class KerasCnn;
