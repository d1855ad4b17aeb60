using StaticNet;

namespace FineTuning;

/// <summary>What the networks have in common: 1×8×8 pixels → 64 features.</summary>
[Conv2D(16, Padding = 1, Activation = Activation.ReLU)]
[Conv2D(32, Padding = 1, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(64, Activation = Activation.ReLU)]
public sealed class DigitFeatures;

/// <summary>The features, and the classifier of digits on top of them.</summary>
[Network]
[Input(1, 8, 8)]
[Block(typeof(DigitFeatures), Name = "features")]
[Dropout(0.3)]
[Dense(10, Name = "head")]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class DigitsNetwork;

/// <summary>The same with frozen features: no code is generated for their gradients, so that a step costs little more than a forward pass.</summary>
[Network]
[Input(1, 8, 8)]
[Block(typeof(DigitFeatures), Name = "features", Trainable = false)]
[Dropout(0.3)]
[Dense(10, Name = "head")]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class HeadOnlyNetwork;
