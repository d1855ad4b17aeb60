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

/// <summary>Has centres, which a batch moves.</summary>
[Network]
[Input(64)]
[Dense(8, Activation = Activation.ReLU, Name = "features")]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[CenterLoss(From = "features")]
[Training(BatchSize = 32, InputGradients = true)]
internal sealed partial class CenteredClassifier;

/// <summary>One number at the end of a sequence.</summary>
[Network]
[Input(1, Steps = 4)]
[LSTM(6)]
[LastStep]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class LastStepRegressor;

/// <summary>So many classes that few samples have few of each.</summary>
[Network]
[Input(3)]
[Dense(100)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
internal sealed partial class ManyClasses;

/// <summary>Scales its inputs itself.</summary>
[Network]
[Input(64)]
[Rescaling(1f / 255)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
internal sealed partial class RescalingClassifier;

/// <summary>A norm whose batches are declared too small.</summary>
[Network]
[Input(3)]
[Dense(8)]
[BatchNorm]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 4)]
internal sealed partial class TinyBatchRegressor;

/// <summary>Outputs up to ±1.7159, from units that have no range.</summary>
[Network]
[Input(3)]
[Dense(16, Activation = Activation.GELUTanh)]
[Dense(1, Activation = Activation.LeCunTanh)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class LeCunRegressor;

/// <summary>Cannot output anything below 0 either.</summary>
[Network]
[Input(3)]
[Dense(1)]
[Activation(Activation.ReLU)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
internal sealed partial class ClippedRegressor;

/// <summary>Draws random numbers, and keeps statistics, in training.</summary>
[Network]
[Input(64)]
[Dense(32)]
[BatchNorm]
[Activation(Activation.ReLU)]
[Dropout(0.3f)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
internal sealed partial class DropoutClassifier;

/// <summary>Two outputs, each with a loss.</summary>
[Network]
[Input(3)]
[Dense(8, Activation = Activation.Tanh, Name = "body")]
[Dense(1, Activation = Activation.Tanh, Name = "one")]
[Dense(1, Activation = Activation.Tanh, From = "body", Name = "other")]
[Output(From = "one")]
[Output(From = "other")]
[MeanSquaredErrorLoss(From = "one")]
[MeanSquaredErrorLoss(From = "other")]
[Training(BatchSize = 32)]
internal sealed partial class TwoHeads;
