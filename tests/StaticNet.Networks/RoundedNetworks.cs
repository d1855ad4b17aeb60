namespace StaticNet.Networks;

/// <summary>The twin of <see cref="MlpTanh8x16x16x4"/> with weights of 16 bits: straight-line code.</summary>
[InferenceOf(typeof(MlpTanh8x16x16x4), Storage = WeightStorage.BFloat16)]
public sealed partial class MlpTanh8x16x16x4Rounded;

/// <summary>The twin of <see cref="Mlp64x64x64x8"/> with weights of 16 bits.</summary>
[InferenceOf(typeof(Mlp64x64x64x8), Storage = WeightStorage.BFloat16)]
public sealed partial class Mlp64x64x64x8Rounded;

/// <summary>The twin of <see cref="Mlp784x128x10"/> with weights of 16 bits.</summary>
[InferenceOf(typeof(Mlp784x128x10), Storage = WeightStorage.BFloat16)]
public sealed partial class Mlp784x128x10Rounded;

/// <summary>The twin of <see cref="AdAutoencoder"/> with weights of 16 bits.</summary>
[InferenceOf(typeof(AdAutoencoder), Storage = WeightStorage.BFloat16)]
public sealed partial class AdAutoencoderRounded;

/// <summary>The twin of <see cref="LeNet5"/> with weights of 16 bits in its dense layers, the first of which reads a flattened map.</summary>
[InferenceOf(typeof(LeNet5), Storage = WeightStorage.BFloat16)]
public sealed partial class LeNet5Rounded;

/// <summary>Layers with odd numbers of inputs, few and many.</summary>
[Network]
[Input(41)]
[Dense(23, Activation = Activation.Tanh)]
[Dense(3, Activation = Activation.Tanh)]
[Dense(1)]
public sealed partial class OddInputs;

/// <summary>Its twin with weights of 16 bits.</summary>
[InferenceOf(typeof(OddInputs), Storage = WeightStorage.BFloat16)]
public sealed partial class OddInputsRounded;
