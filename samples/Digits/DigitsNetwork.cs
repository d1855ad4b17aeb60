using StaticNet;

namespace Digits;

/// <summary>8×8 pixels in, one score (logit) for each of ten digits out.</summary>
[Network]
[Input(64)]
[Dense(64, Activation = Activation.ReLU)]
[Dropout(0.2)]
[Dense(64, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class DigitsNetwork;
