namespace StaticNet.Networks;

/// <summary>The first stack of <see cref="ResNet8"/>, 16×32×32, around which its input is added.</summary>
[Conv2D(16, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(16, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f)]
[Add("input")]
[Activation(Activation.ReLU)]
public sealed class ResNet8Stack16;

/// <summary>The second stack of <see cref="ResNet8"/>, 16×32×32 → 32×16×16; a 1×1 convolution brings its input along.</summary>
[Conv2D(32, Stride = 2, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(32, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Name = "residual")]
[Conv2D(32, Kernel = 1, Stride = 2, AutoPadding = AutoPadding.Same, From = "input")]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class ResNet8Stack32;

/// <summary>The third stack of <see cref="ResNet8"/>, 32×16×16 → 64×8×8; a 1×1 convolution brings its input along.</summary>
[Conv2D(64, Stride = 2, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Conv2D(64, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Name = "residual")]
[Conv2D(64, Kernel = 1, Stride = 2, AutoPadding = AutoPadding.Same, From = "input")]
[Add("residual")]
[Activation(Activation.ReLU)]
public sealed class ResNet8Stack64;

/// <summary>The layers of <see cref="ResNet8"/> up to its logits.</summary>
[Conv2D(16, AutoPadding = AutoPadding.Same)]
[BatchNorm(Epsilon = 1e-3f, Activation = Activation.ReLU)]
[Block(typeof(ResNet8Stack16), Name = "stack1")]
[Block(typeof(ResNet8Stack32), Name = "stack2")]
[Block(typeof(ResNet8Stack64), Name = "stack3")]
[AveragePool2D(8)]
[Flatten]
[Dense(10)]
public sealed class ResNet8Layers;

/// <summary>
/// The image classification network of MLPerf Tiny (Banbury et al., 2021), a small residual network after He et al. (2015):
/// 3×32×32 → 16×32×32 → 32×16×16 → 64×8×8 → the probabilities of 10 classes. Convolutions with a bias, "same" padding, which
/// at stride 2 puts its odd row and column at the end; batch normalisation (ε 10⁻³, as in the reference implementation)
/// everywhere but on the shortcuts.
/// </summary>
[Network]
[Input(3, 32, 32)]
[Block(typeof(ResNet8Layers), Name = "layers")]
[Activation(Activation.Softmax)]
public sealed partial class ResNet8;

/// <summary><see cref="ResNet8"/> as it is trained: the loss takes the logits.</summary>
[Network]
[Input(3, 32, 32)]
[Block(typeof(ResNet8Layers), Name = "layers")]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class ResNet8Training;
