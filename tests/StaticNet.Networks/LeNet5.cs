namespace StaticNet.Networks;

/// <summary>
/// LeNet-5 as it is written today: 28×28 digits, padded by 2 in the first convolution, tanh, average pooling, and logits
/// under a softmax cross-entropy. 1×28×28 → 6×28×28 → 6×14×14 → 16×10×10 → 16×5×5 → 120 → 84 → 10. Its ancestor is
/// <see cref="LeNet5Of1998"/>.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(6, Kernel = 5, Padding = 2, Activation = Activation.Tanh)]
[AveragePool2D(2)]
[Conv2D(16, Kernel = 5, Activation = Activation.Tanh)]
[AveragePool2D(2)]
[Flatten]
[Dense(120, Activation = Activation.Tanh)]
[Dense(84, Activation = Activation.Tanh)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class LeNet5;
