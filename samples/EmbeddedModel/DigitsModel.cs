using Digits;
using StaticNet;

namespace EmbeddedModel;

/// <summary>
/// The digits network without its training code: the same layers from the same declaration, and the weights of a file that the build
/// checks against them and bakes into the code.
/// </summary>
[InferenceOf(typeof(DigitsNetwork), Weights = "digits.safetensors")]
public sealed partial class DigitsModel;
