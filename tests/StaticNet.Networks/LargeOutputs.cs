namespace StaticNet.Networks;

/// <summary>For outputs of any size: the weights are set by tests.</summary>
[Network, Training(BatchSize = 4)]
[Input(1)]
[Dense(2, Bias = false)]
[SoftmaxCrossEntropyLoss]
public sealed partial class LargeScores;

/// <inheritdoc cref="LargeScores"/>
[Network, Training(BatchSize = 4)]
[Input(1)]
[Dense(2, Bias = false)]
[MultiClassHingeLoss(Margin = 0.001f, Reduction = Reduction.Sum)]
public sealed partial class LargeMargins;
