namespace StaticNet.Networks.KnownAnswers;

/// <summary>One sigmoid neuron under the quadratic cost, which learns slowly where the neuron is badly wrong.</summary>
[Network, Training(BatchSize = 1)]
[Input(1)]
[Dense(1, Activation = Activation.Sigmoid)]
[HalfSquaredErrorLoss]
public sealed partial class QuadraticNeuron;

/// <summary>The same neuron under cross-entropy, which learns fastest there.</summary>
[Network, Training(BatchSize = 1)]
[Input(1)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropyLoss]
public sealed partial class CrossEntropyNeuron;
