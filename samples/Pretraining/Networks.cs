using StaticNet;

namespace Pretraining;

/// <summary>The first layer and what brings its code back to pixels: it learns to take noise off the pixels.</summary>
[Network]
[Input(64)]
[GaussianNoise(0.3f)]
[Dense(128, Name = "encoder1", Activation = Activation.Sigmoid)]
[Dense(64, Name = "decoder1")]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
public sealed partial class FirstAutoencoder;

/// <summary>The first layer alone, which computes the codes that the second one learns from.</summary>
[Network]
[Input(64)]
[Dense(128, Name = "encoder1", Activation = Activation.Sigmoid)]
public sealed partial class FirstEncoder;

/// <summary>The second layer and what brings its code back to that of the first.</summary>
[Network]
[Input(128)]
[Dropout(0.2)]
[Dense(64, Name = "encoder2", Activation = Activation.Sigmoid)]
[Dense(128, Name = "decoder2", Activation = Activation.Sigmoid)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 32)]
public sealed partial class SecondAutoencoder;

/// <summary>Both layers, and the classifier of digits on top of their code.</summary>
[Network]
[Input(64)]
[Dense(128, Name = "encoder1", Activation = Activation.Sigmoid)]
[Dense(64, Name = "encoder2", Activation = Activation.Sigmoid)]
[Dense(10, Name = "head")]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class Classifier;
