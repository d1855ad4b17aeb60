namespace StaticNet;

/// <summary>
/// −(t log p + (1 − t) log(1 − p)) over the elements, on probabilities p. Targets: one for each output element, 0 to 1.
/// </summary>
/// <remarks>
/// Directly after a sigmoid, both are computed together from the logits, so the loss stays finite for large ones. Otherwise, each
/// logarithm is limited to at least −100.
/// </remarks>
public sealed class BinaryCrossEntropyLossAttribute : LossAttribute;
