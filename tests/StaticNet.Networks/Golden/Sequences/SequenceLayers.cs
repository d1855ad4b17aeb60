namespace StaticNet.Networks.Golden.Sequences;

/// <summary>One cell of each kind above the other, with PyTorch's two biases, and a loss on every step.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 6)]
[SimpleRNN(5, RecurrentBias = true)]
[GRU(4)]
[LSTM(3, RecurrentBias = true)]
[LSTM(3, RecurrentBias = true)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class StackedCells;

/// <summary>Cells of more units than a vector has lanes, next to each other.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(3, Steps = 5, Name = "signal")]
[GRU(17, From = "signal", Name = "gru")]
[LSTM(18, RecurrentBias = true, From = "signal", Name = "lstm")]
[SimpleRNN(19, Activation = Activation.ReLU, RecurrentBias = true, From = "signal", Name = "rnn")]
[Concat("gru", "lstm", "rnn")]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class WideCells;

/// <summary>Both directions and the reverse one, with a class for every step.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 5)]
[GRU(3, Direction = SequenceDirection.Bidirectional)]
[LSTM(4, Direction = SequenceDirection.Bidirectional, RecurrentBias = true)]
[SimpleRNN(4, Direction = SequenceDirection.Reverse)]
[GRU(3, Direction = SequenceDirection.Reverse)]
[LSTM(3, Direction = SequenceDirection.Reverse)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class Directions;

/// <summary>The state after the last step that each direction processes, and the last step, with a class for the whole sequence.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 6, Name = "signal")]
[GRU(4, ReturnSequences = false, From = "signal", Name = "forward")]
[LSTM(3, Direction = SequenceDirection.Bidirectional, ReturnSequences = false, From = "signal", Name = "both")]
[SimpleRNN(3, Direction = SequenceDirection.Reverse, ReturnSequences = false, From = "signal", Name = "backward")]
[GRU(3, Direction = SequenceDirection.Bidirectional, From = "signal")]
[LastStep(Name = "last")]
[Concat("last", "forward", "both", "backward")]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class LastStates;

/// <summary>Cells with a single bias above a dilated convolution, with a class for the whole sequence.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 7)]
[CausalConv1D(5, Dilation = 2, Activation = Activation.Tanh)]
[SimpleRNN(4, Activation = Activation.ReLU)]
[GRU(3, RecurrentBias = false)]
[LSTM(4, ReturnSequences = false)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class OneBias;

/// <summary>Causal convolutions in groups, dilated, longer than the sequence, and of one tap.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(4, Steps = 9)]
[CausalConv1D(6, Groups = 2, Dilation = 2, Activation = Activation.Tanh)]
[CausalConv1D(18, Kernel = 2, Dilation = 4, Activation = Activation.ReLU)]
[CausalConv1D(3, Kernel = 5, Dilation = 3, Bias = false, Activation = Activation.Sigmoid)]
[CausalConv1D(2, Kernel = 1)]
[MeanSquaredErrorLoss]
public sealed partial class CausalConvolutions;
