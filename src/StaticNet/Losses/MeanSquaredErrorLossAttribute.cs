namespace StaticNet;

/// <summary>(y − t)² over the elements. Targets: one for each output element.</summary>
/// <remarks>With <see cref="Reduction.Mean"/>, the mean squared error.</remarks>
public sealed class MeanSquaredErrorLossAttribute : LossAttribute;
