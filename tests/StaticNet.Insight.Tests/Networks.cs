namespace StaticNet.Insight.Tests;

/// <summary>8×8 digits.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32, InputGradients = true)]
internal sealed partial class SmallClassifier;

/// <summary>So deep that nothing comes back to the first layers.</summary>
[Network]
[Input(64)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10, Activation = Activation.Sigmoid)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
internal sealed partial class DeepSigmoid;

/// <summary>Three numbers in, one out.</summary>
[Network]
[Input(3)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32, InputGradients = true)]
internal sealed partial class SmallRegressor;

/// <summary>The same with a norm.</summary>
[Network]
[Input(3)]
[Dense(8)]
[BatchNorm]
[Activation(Activation.Tanh)]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32, InputGradients = true)]
internal sealed partial class NormRegressor;

/// <summary>Cannot output anything below 0.</summary>
[Network]
[Input(3)]
[Dense(1, Activation = Activation.ReLU)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class PositiveRegressor;
