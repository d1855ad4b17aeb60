namespace StaticNet.Networks;

/// <summary>Four inputs and two outputs that are scaled.</summary>
[Network]
[Input(4)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(2)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 8)]
public sealed partial class ScaledRegression;
