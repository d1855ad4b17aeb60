namespace StaticNet.Networks;

/// <summary>A network with everything that twins share: a batch norm, and centres that only its losses need.</summary>
[Network]
[Input(3)]
[Dense(6, Activation = Activation.Tanh, Name = "features")]
[BatchNorm]
[Dense(4)]
[SoftmaxCrossEntropyLoss]
[CenterLoss(From = "features", Weight = 0.1f)]
[Training(BatchSize = 8)]
public sealed partial class Twinned;

/// <summary>Its inference twin.</summary>
[InferenceOf(typeof(Twinned))]
public sealed partial class TwinnedModel;
