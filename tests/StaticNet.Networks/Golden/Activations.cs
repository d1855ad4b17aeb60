namespace StaticNet.Networks.Golden;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.Sigmoid)]
[Dense(5, Activation = Activation.Tanh)]
[MeanSquaredErrorLoss]
public sealed partial class SigmoidTanh;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(17, Activation = Activation.ReLU)]
[Dense(9, Activation = Activation.LeakyReLU)]
[Dense(5, Activation = Activation.LeakyReLU, ActivationAlpha = 0.2f)]
[MeanSquaredErrorLoss]
public sealed partial class RectifiedLinear;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.PReLU)]
[Dense(5, Activation = Activation.PReLU, SharedSlope = true)]
[MeanSquaredErrorLoss]
public sealed partial class LearnedSlopes;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.ELU)]
[Dense(7, Activation = Activation.ELU, ActivationAlpha = 0.5f)]
[Dense(5, Activation = Activation.SELU)]
[MeanSquaredErrorLoss]
public sealed partial class ExponentialLinear;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.Softplus)]
[Dense(5, Activation = Activation.Softsign)]
[MeanSquaredErrorLoss]
public sealed partial class SoftplusSoftsign;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.GELU)]
[Dense(5, Activation = Activation.GELUTanh)]
[MeanSquaredErrorLoss]
public sealed partial class GaussianErrorLinear;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.SiLU)]
[Dense(7, Activation = Activation.HardSwish)]
[Dense(5, Activation = Activation.HardSigmoid)]
[MeanSquaredErrorLoss]
public sealed partial class Swishes;

[Network, Training(BatchSize = 8)]
[Input(6)]
[Dense(9, Activation = Activation.Softmax)]
[Dense(5, Activation = Activation.LogSoftmax)]
[MeanSquaredErrorLoss]
public sealed partial class Softmaxes;

[Network]
[Input(6)]
[Dense(9, Activation = Activation.Step)]
[Dense(5)]
[Activation(Activation.Step)]
public sealed partial class Steps;
