namespace StaticNet.Networks;

/// <summary>Noise on the input and inside.</summary>
[Network]
[Input(6)]
[GaussianNoise(0.5f)]
[Dense(20, Activation = Activation.Tanh)]
[GaussianNoise(0.1f)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 8)]
public sealed partial class NoiseProbe;

/// <summary>The same without noise.</summary>
[Network]
[Input(6)]
[Dense(20, Activation = Activation.Tanh)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 8)]
public sealed partial class NoiselessProbe;
