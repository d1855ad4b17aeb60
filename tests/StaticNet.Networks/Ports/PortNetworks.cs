namespace StaticNet.Networks.Ports;

/// <summary>Three inputs, one of them with pixels, and three outputs, two of them on the way; two losses.</summary>
[Network]
[Training(BatchSize = 12)]
[Input(2, 6, 5, Name = "image")]
[Conv2D(4, Kernel = 3, Padding = 1, Activation = Activation.ReLU)]
[GlobalAveragePool(Name = "seen")]
[Input(3, Name = "features")]
[Dense(4, Activation = Activation.Tanh, Name = "felt")]
[Input(4, Name = "gain")]
[Multiply("felt")]
[Add("seen", Name = "mixed")]
[Dense(5, Name = "policy")]
[Dense(1, From = "mixed", Activation = Activation.Sigmoid, Name = "value")]
[Output(From = "policy")]
[Output(From = "value", Name = "worth")]
[Output(From = "felt")]
[SoftmaxCrossEntropyLoss(From = "policy")]
[MeanSquaredErrorLoss(From = "value", Weight = 0.5f)]
public sealed partial class ThreePorts;

/// <summary>Inputs that have channels last, an output with pixels, and batch statistics.</summary>
[Network]
[Training(BatchSize = 9)]
[Input(3, 5, 4, Layout = Layout.ChannelsLast, Name = "left")]
[Input(3, 5, 4, Layout = Layout.ChannelsLast, Name = "right")]
[Add("left", Name = "both")]
[Conv2D(6, Kernel = 3)]
[BatchNorm(Activation = Activation.ReLU, Name = "map")]
[Flatten]
[Dropout(0.25)]
[Dense(3)]
[Output(From = "both")]
[Output(From = "map")]
[Output(Name = "score")]
[MeanSquaredErrorLoss]
public sealed partial class ChannelsLastPorts;

/// <summary>One input, several outputs; one of them has the shape of another.</summary>
[Network]
[Training(BatchSize = 7)]
[Input(6)]
[Dense(5, Activation = Activation.Tanh, Name = "first")]
[Dense(3, Name = "second")]
[Output(From = "second")]
[Output(From = "first")]
[HalfSquaredErrorLoss]
public sealed partial class TwoOutputs;

/// <summary>Two outputs, which are in their order what its losses compare with targets.</summary>
[Network]
[Training(BatchSize = 7)]
[Input(6)]
[Dense(5, Activation = Activation.Tanh, Name = "first")]
[Dense(3, Name = "second")]
[Output(From = "first")]
[Output(From = "second")]
[MeanSquaredErrorLoss(From = "first")]
[HuberLoss(From = "second")]
public sealed partial class TwoTargets;

/// <summary>Several inputs, one output; names that methods use themselves.</summary>
[Network]
[Training(BatchSize = 7)]
[Input(6, Name = "samples")]
[Input(3, Name = "count")]
[Concat("samples")]
[Dense(2)]
[HalfSquaredErrorLoss]
public sealed partial class TwoInputs;

[InferenceOf(typeof(ThreePorts))]
public sealed partial class ThreePortsTwin;
