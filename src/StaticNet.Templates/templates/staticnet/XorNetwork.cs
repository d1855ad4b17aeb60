using StaticNet;

namespace StaticNet_App;

/// <summary>Exclusive or, the smallest task that needs a hidden layer: two numbers in, a score out.</summary>
[Network]
[Input(2)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 4)]
public sealed partial class XorNetwork;
