using StaticNet;

namespace FashionMnist;

/// <summary>28×28 pixels in, one score (logit) for each of ten articles of clothing out.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 128)]
public sealed partial class FashionNetwork;
