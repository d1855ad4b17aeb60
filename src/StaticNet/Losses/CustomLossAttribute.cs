namespace StaticNet;

/// <summary>
/// A loss of the program's own: the program computes its gradient by the output, and gives it as the targets, one for each output element.
/// The network then has <see cref="ICustomLossNetwork{TSelf}"/>'s two halves of a training step, between which the gradient is computed.
/// </summary>
/// <remarks>
/// As every loss it takes part with its <see cref="LossAttribute.Weight"/>, the sample's weight and the batch's scale, 1 / count by default: what is
/// given is the gradient of each sample's own loss. <see cref="LossAttribute.Reduction"/> may not be given, and over the steps of a sequence nothing
/// is averaged. Its value is Σ target × output, the linear loss of which the targets are the gradient.
/// </remarks>
public sealed class CustomLossAttribute : LossAttribute;
