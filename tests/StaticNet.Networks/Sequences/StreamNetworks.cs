namespace StaticNet.Networks.Sequences;

[Network]
[Input(1, Steps = 64)]
[GRU(8)]
[Dense(1)]
public sealed partial class Gru8Stream;

[Network]
[Input(1, Steps = 64)]
[GRU(16)]
[Dense(1)]
public sealed partial class Gru16Stream;

[Network]
[Input(1, Steps = 64)]
[LSTM(32)]
[Dense(1)]
public sealed partial class Lstm32Stream;

[Network]
[Training(BatchSize = 16)]
[Input(1, Steps = 64)]
[GRU(32)]
[Dense(1)]
[MeanSquaredErrorLoss]
public sealed partial class Gru32Training;

/// <summary>With two biases, as PyTorch's cell has them.</summary>
[Network]
[Training(BatchSize = 16)]
[Input(1, Steps = 64)]
[LSTM(32, RecurrentBias = true)]
[Dense(1)]
[MeanSquaredErrorLoss]
public sealed partial class Lstm32Training;

[Network]
[Input(1, Steps = 64)]
[LSTM(40)]
[Dense(1)]
public sealed partial class Lstm40Stream;
