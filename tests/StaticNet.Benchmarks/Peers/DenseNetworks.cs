namespace StaticNet.Benchmarks.Peers;

/// <summary>One dense layer of 4 inputs and as many outputs.</summary>
[Network]
[Input(4)]
[Dense(4)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class Dense4;

/// <summary>One dense layer of 8 inputs and as many outputs.</summary>
[Network]
[Input(8)]
[Dense(8)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class Dense8;

/// <summary>One dense layer of 32 inputs and as many outputs.</summary>
[Network]
[Input(32)]
[Dense(32)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class Dense32;

/// <summary>One dense layer of 64 inputs and as many outputs.</summary>
[Network]
[Input(64)]
[Dense(64)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class Dense64;
