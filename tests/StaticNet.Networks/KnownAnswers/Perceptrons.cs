namespace StaticNet.Networks.KnownAnswers;

/// <summary>Three inputs, weighted and summed.</summary>
[Network]
[Input(3)]
[Dense(1)]
public sealed partial class WeightedSum;

/// <summary>Three inputs, weighted, summed and compared with a threshold, the negative bias.</summary>
[Network]
[Input(3)]
[Dense(1, Activation = Activation.Step)]
public sealed partial class Perceptron;

/// <summary>A perceptron of two inputs, which computes NAND from weights −2, −2 and bias 3.</summary>
[Network]
[Input(2)]
[Dense(1, Activation = Activation.Step)]
public sealed partial class Nand;

/// <summary>The softmax of three scores.</summary>
[Network]
[Input(3)]
[Activation(Activation.Softmax)]
public sealed partial class SoftmaxOfThree;
