using StaticNet;

namespace Tuning;

/// <summary>8×8 pixels in, one score for each digit out: dense layers only.</summary>
[Network]
[Input(64)]
[Dense(64, Activation = Activation.ReLU)]
[Dropout(0.2)]
[Dense(64, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 64)]
public sealed partial class DenseNetwork;
