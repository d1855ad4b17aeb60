namespace StaticNet.Networks;

/// <summary>Shows dropout's mask: with zero targets the loss is half the sum of squares of what is kept.</summary>
[Network]
[Input(40)]
[Dense(40)]
[Dropout(0.4)]
[HalfSquaredErrorLoss(Reduction = Reduction.Sum)]
[Training(BatchSize = 200)]
public sealed partial class DropoutProbe;
