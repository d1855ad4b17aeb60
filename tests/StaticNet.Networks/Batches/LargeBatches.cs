namespace StaticNet.Networks.Batches;

/// <summary>A regression on batches so large that they are trained in parts.</summary>
[Network]
[Input(4)]
[Dense(32, Activation = Activation.Tanh)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(4)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 4096)]
public sealed partial class LargeRegression;

/// <summary><see cref="LargeRegression"/> on batches whose values are all there at a time.</summary>
[Network]
[Input(4)]
[Dense(32, Activation = Activation.Tanh)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(4)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 64)]
public sealed partial class SmallRegression;

/// <summary>A classifier of small images, with all kinds of gradients that are sums over samples, on large batches.</summary>
[Network]
[Input(1, 10, 10)]
[Conv2D(4, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[DepthwiseConv2D]
[Flatten]
[Dense(12)]
[LayerNorm]
[Activation(Activation.Tanh)]
[Dropout(0.25)]
[Dense(3)]
[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.1f)]
[Training(BatchSize = 2048)]
public sealed partial class LargeClassifier;

/// <summary><see cref="LargeClassifier"/> on small batches.</summary>
[Network]
[Input(1, 10, 10)]
[Conv2D(4, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[DepthwiseConv2D]
[Flatten]
[Dense(12)]
[LayerNorm]
[Activation(Activation.Tanh)]
[Dropout(0.25)]
[Dense(3)]
[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.1f)]
[Training(BatchSize = 64)]
public sealed partial class SmallClassifier;
