namespace StaticNet.Networks;

/// <summary>Features drawn together in front of the layer that tells classes: a whole vector and a part of one.</summary>
[Network]
[Input(7)]
[Dense(53, Name = "features", Activation = Activation.Tanh)]
[Dense(4)]
[SoftmaxCrossEntropyLoss]
[CenterLoss(From = "features", Weight = 0.3f)]
[Training(BatchSize = 12)]
public sealed partial class CenterLosses;

/// <summary>The loss that the class is taken from stands behind the other targets.</summary>
[Network]
[Input(3, 6, 6)]
[Conv2D(18)]
[GlobalAveragePool(Name = "features")]
[Dense(5, Name = "scores")]
[Dense(2)]
[MeanSquaredErrorLoss]
[CenterLoss(From = "features", Weight = 0.05f, Rate = 0.25f)]
[MultiClassHingeLoss(From = "scores")]
[Training(BatchSize = 9)]
public sealed partial class CenterLossAmongOthers;

/// <summary>The network without losses, which has no centres.</summary>
[InferenceOf(typeof(CenterLosses))]
public sealed partial class CenterLossesModel;
