namespace StaticNet.Networks.Golden.Sequences;

/// <summary>Sequences of different lengths with a class for every step that they have.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 6)]
[GRU(3, Direction = SequenceDirection.Bidirectional)]
[LSTM(4, Direction = SequenceDirection.Bidirectional, RecurrentBias = true)]
[CausalConv1D(5, Dilation = 2, Activation = Activation.Tanh)]
[SimpleRNN(20, Direction = SequenceDirection.Bidirectional)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class PackedSteps;

/// <summary>Sequences of different lengths with a class for each whole sequence, from its last states.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 6, Name = "signal")]
[GRU(4, ReturnSequences = false, From = "signal", Name = "forward")]
[LSTM(3, Direction = SequenceDirection.Bidirectional, ReturnSequences = false, From = "signal", Name = "both")]
[GRU(3, Direction = SequenceDirection.Bidirectional, From = "signal")]
[LastStep(Name = "last")]
[Concat("last", "forward", "both")]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class PackedStates;

/// <summary>Cells whose states before the first step are learned.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 5)]
[SimpleRNN(3, RecurrentBias = true, LearnedState = true)]
[GRU(18, LearnedState = true)]
[LSTM(4, RecurrentBias = true, LearnedState = true)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class LearnedStates;

/// <summary>Learned states of both directions, of sequences of different lengths.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 5)]
[GRU(3, Direction = SequenceDirection.Bidirectional, LearnedState = true)]
[LSTM(4, Direction = SequenceDirection.Bidirectional, RecurrentBias = true, LearnedState = true)]
[SimpleRNN(3, Direction = SequenceDirection.Bidirectional, LearnedState = true)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class PackedLearnedStates;

/// <summary>Gradients through time that are truncated to windows of two steps.</summary>
[Network, Training(BatchSize = 4, InputGradients = true, TimeSteps = 2)]
[Input(2, Steps = 5)]
[GRU(3, LearnedState = true)]
[CausalConv1D(4, Activation = Activation.Tanh)]
[LSTM(4, RecurrentBias = true, Direction = SequenceDirection.Reverse)]
[SimpleRNN(3)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class TruncatedSteps;
