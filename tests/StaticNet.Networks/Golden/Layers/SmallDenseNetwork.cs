namespace StaticNet.Networks.Golden.Layers;

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
