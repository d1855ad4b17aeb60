namespace StaticNet.Networks.Golden.Sequences;

/// <summary>Strides in time and back, with a recurrent layer, a convolution and groups at the steps that are left.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 12)]
[CausalConv1D(6, Kernel = 4, Stride = 2, Activation = Activation.Tanh)]
[CausalConv1D(18, Dilation = 2, Stride = 3, Groups = 2)]
[GRU(4)]
[CausalConvTranspose1D(6, Kernel = 5, Stride = 3, Groups = 2, Activation = Activation.Tanh)]
[CausalConv1D(4, Kernel = 2, Dilation = 2, Activation = Activation.Sigmoid)]
[CausalConvTranspose1D(3, Kernel = 3, Stride = 2, Dilation = 2, Bias = false)]
[CausalConv1D(2)]
[MeanSquaredErrorLoss]
public sealed partial class Autoencoder;

/// <summary>Pooling by windows that follow each other, that overlap, and that end with every step.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(3, Steps = 12)]
[CausalMaxPool1D(3, Stride = 1)]
[CausalConv1D(17, Kernel = 1)]
[CausalMaxPool1D(2)]
[CausalAveragePool1D(5, Stride = 3)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class PooledSteps;

/// <summary>More steps than the input has, by windows that overlap and by one that does not.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 3)]
[CausalConvTranspose1D(5, Kernel = 4, Stride = 2, Activation = Activation.Tanh)]
[LSTM(3)]
[CausalConvTranspose1D(2, Kernel = 2, Stride = 2)]
[MeanSquaredErrorLoss]
public sealed partial class Vocoder;

/// <summary>A class for the whole sequence from what strides have left of it.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 12)]
[CausalConv1D(5, Stride = 2, Activation = Activation.Tanh)]
[CausalAveragePool1D(2)]
[LSTM(4)]
[LastStep]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class StridedClasses;

/// <summary>Strides over sequences of different lengths, in both directions.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 12)]
[GRU(3, Direction = SequenceDirection.Bidirectional)]
[CausalConv1D(5, Stride = 3, Activation = Activation.Tanh)]
[LSTM(4, Direction = SequenceDirection.Bidirectional, RecurrentBias = true)]
[CausalConvTranspose1D(4, Kernel = 4, Stride = 2)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class PackedStrides;
