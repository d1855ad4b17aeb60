namespace StaticNet.Networks.KnownAnswers;

/// <summary>The 2-2-2 network that texts on backpropagation work through by hand.</summary>
[Network, Training(BatchSize = 1)]
[Input(2)]
[Dense(2, Activation = Activation.Sigmoid, Name = "hidden")]
[Dense(2, Activation = Activation.Sigmoid, Name = "output")]
[HalfSquaredErrorLoss(Reduction = Reduction.Sum)]
public sealed partial class WorkedExample;
