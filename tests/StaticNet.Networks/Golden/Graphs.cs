namespace StaticNet.Networks.Golden;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(8, Activation = Activation.Tanh, Name = "stem")]
[Dense(8, Activation = Activation.Tanh)]
[Dense(8)]
[Add("stem")]
[Activation(Activation.Tanh)]
[Dense(5)]
[MeanSquaredErrorLoss]
public sealed partial class ResidualConnection;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.Tanh, Name = "content")]
[Dense(9, Activation = Activation.Sigmoid, From = "input", Name = "gate")]
[Dense(9, From = "input", Name = "third")]
[Multiply("content", "gate", "third")]
[Dense(5)]
[MeanSquaredErrorLoss]
public sealed partial class Gate;

[Network, Training(BatchSize = 8)]
[Input(2, 3, 4)]
[Dense(4, Activation = Activation.Tanh, Name = "a")]
[Concat("input")]
[Concat("a", "input", Name = "channels")]
[Dense(5, From = "channels", Name = "wide")]
[Concat("channels", Axis = -1)]
[Concat("concat3", "concat1", Axis = 2, Name = "all")]
[Concat("wide", From = "all", Axis = 2)]
[Dense(2)]
[MeanSquaredErrorLoss]
public sealed partial class ConcatAxes;

/// <summary>A block of two layers around which the input is added.</summary>
[Dense(8, Activation = Activation.Tanh)]
[Dense(8, Name = "inner")]
[Add("input")]
public sealed class ResidualBlock;

/// <summary>A block within a block.</summary>
[Block(typeof(ResidualBlock))]
[Activation(Activation.PReLU)]
public sealed class NestedBlock;

[Network, Training(BatchSize = 8)]
[Input(8)]
[Block(typeof(ResidualBlock))]
[Block(typeof(NestedBlock), Name = "nested")]
[Block(typeof(ResidualBlock))]
[Dense(5)]
[MeanSquaredErrorLoss]
public sealed partial class Blocks;

/// <summary>Two losses on two layers, with weights; the first is that of the last layer.</summary>
[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.Tanh, Name = "shared")]
[Dense(3, Name = "side")]
[Dense(5, From = "shared")]
[SoftmaxCrossEntropyLoss(Weight = 0.7f)]
[MeanSquaredErrorLoss(From = "side", Weight = 2)]
public sealed partial class TwoHeads;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.Tanh)]
[Dense(8, Activation = Activation.PReLU, Trainable = false)]
[Dense(5)]
[MeanSquaredErrorLoss]
public sealed partial class FrozenMiddle;
