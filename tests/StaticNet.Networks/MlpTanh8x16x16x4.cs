namespace StaticNet.Networks;

/// <summary>A controller's network: 8 inputs, two tanh layers of 16, 4 classes.</summary>
[Network]
[Input(8)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(4)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class MlpTanh8x16x16x4;
