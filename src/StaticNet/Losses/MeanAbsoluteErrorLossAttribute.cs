namespace StaticNet;

/// <summary>|y − t| over the elements; the gradient at 0 is 0. Targets: one for each output element.</summary>
/// <remarks>Also called L1 loss.</remarks>
public sealed class MeanAbsoluteErrorLossAttribute : LossAttribute;
