using StaticNet;

namespace Tabular;

/// <summary>Nine numbers of a penguin (three islands, four measures, two sexes) → its species, one of three.</summary>
[Network]
[Input(9)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 16)]
public sealed partial class PenguinNetwork;
