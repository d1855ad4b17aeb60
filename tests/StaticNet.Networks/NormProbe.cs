namespace StaticNet.Networks;

/// <summary>A batch norm on the inputs themselves, so that its statistics are those of the data.</summary>
[Network]
[Input(3, 2, 2)]
[BatchNorm]
[Flatten]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 4)]
public sealed partial class NormProbe;

/// <summary><see cref="NormProbe"/> with a norm that does not change.</summary>
[Network]
[Input(3, 2, 2)]
[BatchNorm(Trainable = false, Affine = false)]
[Flatten]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 4)]
public sealed partial class FrozenNormProbe;

/// <summary>A batch norm of features: one value a sample.</summary>
[Network]
[Input(3)]
[BatchNorm]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
public sealed partial class FeatureNormProbe;
