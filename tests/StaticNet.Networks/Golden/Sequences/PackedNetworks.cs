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
