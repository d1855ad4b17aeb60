using StaticNet;

namespace Amplifier;

/// <summary>The same layers without training code: what a plug-in contains.</summary>
[InferenceOf(typeof(Capture))]
public sealed partial class CapturePlayer;
