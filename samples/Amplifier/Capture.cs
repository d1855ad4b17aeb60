using StaticNet;

namespace Amplifier;

/// <summary>A capture of an amplifier: sequences of 512 samples in training, one block of any length after the other when it plays.</summary>
[Network]
[Input(1, Steps = 512)]
[GRU(16)]
[Dense(1, Bias = false)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 16)]
public sealed partial class Capture;
