namespace StaticNet;

/// <summary>½(y − t)² over the elements. Targets: one for each output element.</summary>
/// <remarks>With <see cref="Reduction.Sum"/>, half the sum of squares of classic texts, whose gradient is y − t.</remarks>
public sealed class HalfSquaredErrorLossAttribute : LossAttribute;
