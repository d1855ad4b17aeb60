using StaticNet;

namespace StaticNet_App;

/// <summary>Five numbers of a flower (three measures, two places) → its kind, one of three.</summary>
[Network]
[Input(5)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 16)]
public sealed partial class FlowerNetwork;
