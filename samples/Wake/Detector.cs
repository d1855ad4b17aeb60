using StaticNet;

namespace Wake;

/// <summary>
/// Hears whether a word has just been said. Sequences of 0.96 s in training; a stream takes four spectra at a time, which are 40 ms of sound, and makes one
/// output of them.
/// </summary>
[Network]
[Input(24, Steps = 96)]
[CausalConv1D(24, Kernel = 5, Stride = 2, Activation = Activation.ReLU)]
[CausalConv1D(32, Kernel = 5, Stride = 2, Activation = Activation.ReLU)]
[GRU(32)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 32)]
public sealed partial class Detector;
