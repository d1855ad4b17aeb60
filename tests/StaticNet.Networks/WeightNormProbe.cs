namespace StaticNet.Networks;

/// <summary>Weight normalisation in front of activations of several kinds, and without a bias.</summary>
[Network]
[Input(2, 9, 9)]
[Conv2D(20, WeightNorm = true, Activation = Activation.ReLU)]
[Conv2D(6, WeightNorm = true, Bias = false)]
[Activation(Activation.Tanh)]
[Flatten]
[Dense(18, WeightNorm = true, Activation = Activation.Sigmoid)]
[Dense(3, WeightNorm = true)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 8)]
public sealed partial class WeightNormProbe;
