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

/// <summary>It ends in a convolution, whose map leaves in another order; and a slope a channel stands behind rows of normalised weights.</summary>
[Network]
[Input(4, 6)]
[Dense(8, WeightNorm = true, Activation = Activation.PReLU)]
[Conv1D(5, Kernel = 3, Padding = 1, WeightNorm = true)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 6)]
public sealed partial class WeightNormRows;
