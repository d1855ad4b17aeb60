namespace StaticNet;

/// <summary>
/// log(1 + e^z) − tz over the elements, on logits z: the cross-entropy of sigmoid(z), which the loss applies itself. Targets:
/// one for each output element, 0 to 1.
/// </summary>
/// <remarks>Stable for logits of any size.</remarks>
public sealed class BinaryCrossEntropyWithLogitsLossAttribute : LossAttribute;
