namespace StaticNet.Networks.Golden;

/// <summary>Dense works over the last axis; a softmax too; slopes belong to axis 0.</summary>
[Network, Training(BatchSize = 8)]
[Input(2, 3, 5)]
[Dense(7, Activation = Activation.PReLU)]
[Dense(4, Activation = Activation.Softmax)]
[MeanSquaredErrorLoss]
public sealed partial class DenseOverLastAxis;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Bias = false, Activation = Activation.Tanh)]
[Dense(5, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class DenseWithoutBias;

/// <summary>Widths beside the multiples of a register and of a panel.</summary>
[Network, Training(BatchSize = 8)]
[Input(70)]
[Dense(33, Activation = Activation.Tanh)]
[Dense(17, Activation = Activation.ReLU)]
[Dense(1)]
[MeanSquaredErrorLoss]
public sealed partial class OddWidths;

[Network, Training(BatchSize = 8)]
[Input(3, 5)]
[Activation(Activation.PReLU)]
[Activation(Activation.PReLU, SharedSlope = true, Name = "shared")]
[Flatten]
[Dense(5)]
[MeanSquaredErrorLoss]
public sealed partial class SlopePerChannel;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Maxout(9, 3)]
[Maxout(5, Bias = false)]
[MeanSquaredErrorLoss]
public sealed partial class MaxoutPieces;

[Network, Training(BatchSize = 8)]
[Input(2, 6)]
[Reshape(-1, 3)]
[Dense(4, Activation = Activation.Tanh)]
[Flatten]
[Reshape(2, 2, -1)]
[Dense(3)]
[MeanSquaredErrorLoss]
public sealed partial class FlattenReshape;

/// <summary>At inference dropout is not there.</summary>
[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.ReLU)]
[Dropout(0.5)]
[Dense(5)]
[MeanSquaredErrorLoss]
public sealed partial class DropoutOff;
