namespace StaticNet.Networks;

/// <summary>
/// A convolutional autoencoder of 28×28 pictures: two convolutions with stride 2 down, two transposed ones up, and a logit
/// for each pixel. 1×28×28 → 16×14×14 → 8×7×7 → 16×14×14 → 1×28×28. Masci et al., 2011; transposed convolutions after Zeiler
/// et al., 2010.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(16, Stride = 2, Padding = 1, Activation = Activation.ReLU)]
[Conv2D(8, Stride = 2, Padding = 1, Activation = Activation.ReLU)]
[ConvTranspose2D(16, Stride = 2, Padding = 1, OutputPadding = 1, Activation = Activation.ReLU)]
[ConvTranspose2D(1, Stride = 2, Padding = 1, OutputPadding = 1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 32)]
public sealed partial class ConvAutoencoder;
