namespace StaticNet;

/// <summary>
/// A loss that the program computes itself: it passes the gradient with respect to the output as the targets, one for each output
/// element. The network then has the two halves of a training step of <see cref="ICustomLossNetwork{TSelf}"/>, between which the
/// program computes the gradient.
/// </summary>
/// <remarks>
/// Like every loss, it is multiplied by its <see cref="LossAttribute.Weight"/>, the sample's weight and the batch's scale, 1 /
/// count by default: pass the gradient of each sample's own loss. <see cref="LossAttribute.Reduction"/> must not be set, and
/// nothing is averaged over the steps of a sequence. Its value is Σ target × output, the linear loss whose gradient is the
/// targets.
/// </remarks>
public sealed class CustomLossAttribute : LossAttribute;
