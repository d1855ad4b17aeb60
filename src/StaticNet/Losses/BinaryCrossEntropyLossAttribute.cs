namespace StaticNet;

/// <summary>
/// −(t log p + (1 − t) log(1 − p)) over the elements, on probabilities p. Targets: one for each output element, 0 to 1.
/// </summary>
/// <remarks>
/// Directly behind a sigmoid the two are computed as one, from the logits, so that large ones stay finite. Otherwise each
/// logarithm is held at −100 or more.
/// </remarks>
public sealed class BinaryCrossEntropyLossAttribute : LossAttribute;
