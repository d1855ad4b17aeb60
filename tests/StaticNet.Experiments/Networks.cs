namespace StaticNet.Experiments;

/// <summary>A perceptron whose batches may have up to 1,024 samples; larger steps are made of several.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 1024)]
internal sealed partial class Perceptron;

/// <summary>784-30-10 with sigmoids, the network of textbooks.</summary>
[Network]
[Input(784)]
[Dense(30, Activation = Activation.Sigmoid)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 10)]
internal sealed partial class Textbook;

/// <summary>The same with dropout before both layers.</summary>
[Network]
[Input(784)]
[Dropout(0.2)]
[Dense(30, Activation = Activation.Sigmoid)]
[Dropout(0.2)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 10)]
internal sealed partial class TextbookWithDropout;

/// <summary>8×8 digits, for searching its learning rate.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
internal sealed partial class DigitsMlp;
