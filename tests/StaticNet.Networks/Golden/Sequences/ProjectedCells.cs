namespace StaticNet.Networks.Golden.Sequences;

/// <summary>LSTMs whose hidden states are projections of what the cells give: a stack of two, and one whose weights are normalised.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 5)]
[LSTM(6, RecurrentBias = true, Projection = 3)]
[LSTM(6, RecurrentBias = true, Projection = 3)]
[LSTM(18, Projection = 9, WeightNorm = true)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class ProjectedCells;

/// <summary>Such LSTMs in both directions of sequences of different lengths, with all states and with the last ones alone.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 6)]
[LSTM(20, Direction = SequenceDirection.Bidirectional, RecurrentBias = true, Projection = 17)]
[LSTM(5, Direction = SequenceDirection.Bidirectional, Projection = 2, ReturnSequences = false)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class ProjectedStates;

/// <summary>Such LSTMs with truncated back-propagation through time, from the first step and from the last.</summary>
[Network, Training(BatchSize = 4, TimeSteps = 2, InputGradients = true)]
[Input(2, Steps = 5)]
[LSTM(9, RecurrentBias = true, Projection = 8)]
[LSTM(4, Direction = SequenceDirection.Reverse, Projection = 1)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class TruncatedProjections;
