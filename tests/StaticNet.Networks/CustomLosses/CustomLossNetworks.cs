namespace StaticNet.Networks.CustomLosses;

/// <summary>A loss of the program's own beside one of ours, dropout and batch statistics, gradients of the inputs.</summary>
[Network]
[Training(BatchSize = 12, InputGradients = true)]
[Input(1, 6, 6, Name = "image")]
[Conv2D(4, Kernel = 3)]
[BatchNorm(Activation = Activation.ReLU)]
[Flatten]
[Dense(6, Activation = Activation.Tanh, Name = "seen")]
[Input(3, Name = "extra")]
[Dense(6)]
[Add("seen")]
[Dropout(0.2)]
[Dense(4, Name = "policy")]
[Dense(1, From = "seen", Name = "value")]
[Output(From = "policy")]
[Output(From = "value")]
[CustomLoss(From = "policy")]
[MeanSquaredErrorLoss(From = "value", Weight = 0.5f)]
public sealed partial class ActorCritic;

/// <summary>The same network with losses of ours, to compare.</summary>
[Network]
[Training(BatchSize = 16)]
[Input(5)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(3)]
[MeanSquaredErrorLoss]
public sealed partial class WithOurLoss;

[Network]
[Training(BatchSize = 16)]
[Input(5)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(3)]
[CustomLoss]
public sealed partial class WithOwnLoss;

/// <summary>A sequence, with gradients of its steps.</summary>
[Network]
[Training(BatchSize = 5, InputGradients = true)]
[Input(2, Steps = 7, Name = "sound")]
[Delay(2)]
[Dense(3, Activation = Activation.Sigmoid, Name = "late")]
[Input(4, Steps = 7, Name = "unused")]
[Dense(3, Trainable = false)]
[Add("late", Name = "both")]
[Output(From = "both")]
[CustomLoss(From = "late")]
public sealed partial class Sequence;

/// <summary>Pixels with their channels last.</summary>
[Network]
[Training(BatchSize = 6, InputGradients = true)]
[Input(3, 7, 7, Layout = Layout.ChannelsLast)]
[Conv2D(5, Kernel = 3, Stride = 2, Padding = 1, Activation = Activation.SiLU)]
[GlobalAveragePool]
[Dense(2)]
[SoftmaxCrossEntropyLoss]
public sealed partial class Saliency;
