using StaticNet;

namespace StaticNet_App;

/// <summary>A point of the plane → the score of the second of two moons that reach into each other.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 32)]
public sealed partial class MoonsNetwork;
