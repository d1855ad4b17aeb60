using StaticNet;

namespace StaticNet_App;

/// <summary>An audio effect: sequences of 256 samples in training, blocks of any length when it plays.</summary>
[Network]
[Input(1, Steps = 256)]
[GRU(8)]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 16)]
public sealed partial class EffectNetwork;

/// <summary>The same without training code: what a plug-in contains.</summary>
[InferenceOf(typeof(EffectNetwork))]
public sealed partial class EffectPlayer;
