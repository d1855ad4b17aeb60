namespace StaticNet.Networks.Sequences;

[Network]
[Training(BatchSize = 5)]
[Input(1, Steps = 13)]
[GRU(16)]
[Dense(1)]
[MeanSquaredErrorLoss]
public sealed partial class Gru16;

[Network]
[Training(BatchSize = 7)]
[Input(3, Steps = 9)]
[LSTM(20)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class Lstm20;

[Network]
[Training(BatchSize = 4)]
[Input(5, Steps = 6)]
[SimpleRNN(11, Activation = Activation.ReLU, RecurrentBias = true)]
[SimpleRNN(40)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class Elman;

/// <summary>Three units, gates by other functions, and a state whose padding the activation would fill.</summary>
[Network]
[Training(BatchSize = 6)]
[Input(2, Steps = 8)]
[LSTM(3, Activation = Activation.Sigmoid, RecurrentActivation = Activation.HardSigmoid, RecurrentBias = true)]
[GRU(5, RecurrentBias = false, Bias = false, Activation = Activation.Softsign)]
[LayerNorm]
[Dense(1)]
[MeanSquaredErrorLoss]
public sealed partial class SmallCells;

/// <summary>Stacked, both directions.</summary>
[Network]
[Training(BatchSize = 9)]
[Input(4, Steps = 7)]
[LSTM(12, Direction = SequenceDirection.Bidirectional)]
[GRU(33, Direction = SequenceDirection.Reverse)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class BothWays;

/// <summary>One class for each sequence.</summary>
[Network]
[Training(BatchSize = 6)]
[Input(3, Steps = 10)]
[GRU(9)]
[BatchNorm]
[GRU(14, ReturnSequences = false)]
[LayerNorm]
[Dropout(0.2)]
[Dense(4)]
[SoftmaxCrossEntropyLoss]
public sealed partial class SequenceClasses;

/// <summary>Several outputs of the whole sequence, from both directions and from the last step of a delay.</summary>
[Network]
[Training(BatchSize = 4)]
[Input(2, Steps = 6, Name = "signal")]
[LSTM(5, Direction = SequenceDirection.Bidirectional, ReturnSequences = false, Name = "seen")]
[Dense(3, Name = "first")]
[Delay(1, From = "signal")]
[LastStep]
[Concat("seen")]
[Dense(2, Name = "second")]
[Output(From = "first")]
[Output(From = "second")]
[MeanSquaredErrorLoss(From = "first")]
[HuberLoss(From = "second", Reduction = Reduction.Sum)]
public sealed partial class SequenceSummary;

/// <summary>Dilated causal convolutions with residuals, as WaveNet has them.</summary>
[Network]
[Training(BatchSize = 5)]
[Input(2, Steps = 15)]
[Dense(16, Bias = false, Name = "first")]
[CausalConv1D(16, Kernel = 2, Dilation = 1, Activation = Activation.Tanh, Name = "a")]
[Dense(16)]
[Add("first", Name = "second")]
[CausalConv1D(16, Dilation = 3, Activation = Activation.LeakyReLU, Name = "b")]
[Dense(16)]
[Add("second")]
[CausalConv1D(16, Kernel = 4, Dilation = 7, Bias = false, Name = "c")]
[Add("a", "b", "c")]
[Dense(1, Name = "head")]
[Output(From = "head")]
[MeanSquaredErrorLoss(From = "head")]
public sealed partial class Wave;

/// <summary>Convolutions of the input itself, in groups, with slopes, of one tap, and longer than the sequence; then a recurrent layer.</summary>
[Network]
[Training(BatchSize = 4)]
[Input(6, Steps = 9)]
[CausalConv1D(9, Groups = 3, Activation = Activation.PReLU)]
[CausalConv1D(7, Kernel = 1, Activation = Activation.GELU)]
[CausalConv1D(20, Kernel = 3, Dilation = 8)]
[LayerNorm]
[GRU(6, ReturnSequences = false)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class CausalMix;

/// <summary>Kernels of many taps, in one vector and in several, adjacent and apart.</summary>
[Network]
[Training(BatchSize = 3)]
[Input(1, Steps = 60)]
[CausalConv1D(3, Kernel = 40)]
[CausalConv1D(33, Kernel = 20, Dilation = 2, Activation = Activation.Tanh)]
[CausalConv1D(1, Kernel = 300)]
[MeanSquaredErrorLoss]
public sealed partial class LongKernels;

/// <summary>A network with an input as it is among its outputs.</summary>
[Network]
[Input(2, Steps = 5, Name = "left")]
[Input(1, Steps = 5, Name = "right")]
[Delay(1, From = "left", Name = "before")]
[Output(From = "right", Name = "passed")]
[Output(From = "before")]
public sealed partial class PassedOn;

/// <summary>Units that fill no vector of eight, with functions that would fill the lanes beyond them.</summary>
[Network]
[Training(BatchSize = 4)]
[Input(2, Steps = 6)]
[SimpleRNN(4, Activation = Activation.Sigmoid)]
[LSTM(3, Activation = Activation.HardSigmoid)]
[GRU(12, Activation = Activation.Sigmoid)]
[SimpleRNN(20, Activation = Activation.Sigmoid)]
[LSTM(19, Activation = Activation.Sigmoid, RecurrentActivation = Activation.Softsign)]
[Activation(Activation.Exp)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class OddUnits;

/// <summary>Every cell with recurrent dropout, in both directions and with states that are learned.</summary>
[Network]
[Training(BatchSize = 5, InputGradients = true)]
[Input(3, Steps = 6)]
[GRU(5, RecurrentDropout = 0.4, LearnedState = true)]
[GRU(18, ResetAfter = false, RecurrentDropout = 0.3)]
[LSTM(4, Direction = SequenceDirection.Bidirectional, RecurrentDropout = 0.5, WeightNorm = true)]
[SimpleRNN(3, RecurrentDropout = 0.25)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class DroppedStates;
