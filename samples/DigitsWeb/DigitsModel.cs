using Digits;
using StaticNet;

namespace DigitsWeb;

/// <summary>The digits network without its training code.</summary>
[InferenceOf(typeof(DigitsNetwork))]
public sealed partial class DigitsModel;
