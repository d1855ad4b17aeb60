namespace StaticNet.Networks.Golden.Sequences;

/// <summary>Cells whose weights are learned as magnitude and direction, in both directions and with states that are learned.</summary>
[Network, Training(BatchSize = 4, InputGradients = true)]
[Input(2, Steps = 5)]
[SimpleRNN(3, RecurrentBias = true, WeightNorm = true)]
[GRU(4, WeightNorm = true, LearnedState = true)]
[LSTM(18, RecurrentBias = true, WeightNorm = true)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class NormalizedCells;
