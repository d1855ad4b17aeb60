namespace StaticNet.Networks.Sequences;

/// <summary>Three inputs, two outputs on the way, and a delay.</summary>
[Network]
[Training(BatchSize = 8)]
[Input(3, Name = "sound", Steps = 12)]
[Delay(2, Name = "echo", InitialValue = 0.25f)]
[Concat("sound")]
[Dense(6, Activation = Activation.Tanh, Name = "heard")]
[Input(2, Name = "knobs", Steps = 12)]
[Dense(6, Activation = Activation.Sigmoid, Name = "gain")]
[Multiply("heard", Name = "shaped")]
[Input(4, Name = "feedback", Steps = 12)]
[Dense(6)]
[Add("shaped")]
[Delay(1, Name = "before")]
[Dense(3, Name = "level")]
[Output(From = "shaped", Name = "tone")]
[Output(From = "before")]
[Output(From = "level")]
[MeanSquaredErrorLoss(From = "level")]
[HuberLoss(From = "shaped", Weight = 0.3f, Reduction = Reduction.Sum)]
public sealed partial class Echo;

/// <summary>Images over time, with channels last, batch statistics, classes, and a delay longer than the sequence.</summary>
[Network]
[Training(BatchSize = 6)]
[Input(2, 4, 5, Steps = 5, Layout = Layout.ChannelsLast)]
[Conv2D(4, Kernel = 3, Padding = 1)]
[BatchNorm(Activation = Activation.ReLU, Name = "map")]
[Delay(3, Name = "old")]
[Add("map", Name = "sum")]
[Delay(7, Name = "gone", InitialValue = -1)]
[Concat("sum")]
[GlobalAveragePool]
[Dropout(0.25)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
public sealed partial class Film;

/// <summary>A sequence without a layer that looks from step to step.</summary>
[Network]
[Training(BatchSize = 5)]
[Input(4, Steps = 9)]
[LayerNorm]
[Dense(7, Activation = Activation.GELU)]
[Dense(2)]
[HingeLoss]
public sealed partial class EachStep;

[InferenceOf(typeof(Echo))]
public sealed partial class EchoTwin;

/// <summary>What came five steps before, one before, and now.</summary>
[Network]
[Input(1, Steps = 16)]
[Delay(1, Name = "one")]
[Delay(4, Name = "five")]
[Concat("five", "one", "input")]
public sealed partial class Taps;

/// <summary>A stride in time that is undone: a delay and a cell at the steps that it leaves, and the last of the steps that come at a time.</summary>
[Network]
[Training(BatchSize = 4, TimeSteps = 4)]
[Input(2, Steps = 8, Name = "signal")]
[CausalConv1D(4, Kernel = 2, Stride = 2)]
[Delay(3)]
[GRU(5)]
[CausalConvTranspose1D(3, Stride = 2, Activation = Activation.PReLU)]
[Concat("signal")]
[LastStep]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class StridedMix;
