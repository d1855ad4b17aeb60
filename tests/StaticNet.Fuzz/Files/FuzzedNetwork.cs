namespace StaticNet.Fuzz.Files;

/// <summary>A network whose weights and optimizer states are stored and damaged.</summary>
[Network]
[Input(2)]
[Dense(3, Activation = Activation.Tanh)]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 4)]
internal sealed partial class FuzzedNetwork;
