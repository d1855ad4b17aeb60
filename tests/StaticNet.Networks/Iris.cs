namespace StaticNet.Networks;

/// <summary>Three kinds of iris from four measures.</summary>
[Network]
[Input(4)]
[Dense(16, Activation = Activation.Tanh)]
[Dropout(0.1)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 16)]
public sealed partial class Iris;

/// <summary>The same without training code.</summary>
[InferenceOf(typeof(Iris))]
public sealed partial class IrisInference;
