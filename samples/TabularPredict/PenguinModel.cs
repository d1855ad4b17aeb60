using StaticNet;

namespace Tabular;

/// <summary>The network without its training code: the same layers from the same declaration.</summary>
[InferenceOf(typeof(PenguinNetwork))]
public sealed partial class PenguinModel;
