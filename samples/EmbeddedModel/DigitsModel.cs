using Digits;
using StaticNet;

namespace EmbeddedModel;

/// <summary>The digits network without its training code: the same layers and parameters from the same declaration.</summary>
[InferenceOf(typeof(DigitsNetwork))]
public sealed partial class DigitsModel;
