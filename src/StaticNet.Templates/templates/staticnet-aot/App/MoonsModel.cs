using StaticNet;

namespace StaticNet_App;

/// <summary>The network without training code, with the weights that the program in Train has written. Without them it does not compile.</summary>
[InferenceOf(typeof(MoonsNetwork), Weights = "moons.safetensors")]
public sealed partial class MoonsModel;
