namespace StaticNet;

/// <summary>max(0, 1 − ty)² over the elements. Targets: one for each output element, −1 or 1.</summary>
/// <remarks>The smooth form of the hinge.</remarks>
public sealed class SquaredHingeLossAttribute : LossAttribute;
