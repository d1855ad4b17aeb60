using StaticNet.Networks;

namespace StaticNet.Benchmarks.Peers;

/// <summary><see cref="Cnn32x64"/> without Winograd's algorithm.</summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(32, Padding = 1, Activation = Activation.ReLU, Algorithm = ConvolutionAlgorithm.Direct)]
[MaxPool2D(2)]
[Conv2D(64, Padding = 1, Activation = Activation.ReLU, Algorithm = ConvolutionAlgorithm.Direct)]
[MaxPool2D(2)]
[Flatten]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
internal sealed partial class Cnn32x64Direct;

/// <summary><see cref="ResNet8"/> without Winograd's algorithm.</summary>
[Network]
[Input(3, 32, 32)]
[Conv2D(16, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU, Name = "stem")]
[Conv2D(16, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(16, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f)]
[Add("stem")]
[Activation(Activation.ReLU, Name = "stack1")]
[Conv2D(32, Stride = 2, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(32, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f, Name = "residual2")]
[Conv2D(32, Kernel = 1, Stride = 2, AutoPadding = AutoPadding.Same, From = "stack1")]
[Add("residual2")]
[Activation(Activation.ReLU, Name = "stack2")]
[Conv2D(64, Stride = 2, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(64, AutoPadding = AutoPadding.Same, Algorithm = ConvolutionAlgorithm.Direct)]
[BatchNorm(Epsilon = 1e-3f, Name = "residual3")]
[Conv2D(64, Kernel = 1, Stride = 2, AutoPadding = AutoPadding.Same, From = "stack2")]
[Add("residual3")]
[Activation(Activation.ReLU)]
[AveragePool2D(8)]
[Flatten]
[Dense(10)]
[Activation(Activation.Softmax)]
internal sealed partial class ResNet8Direct;
