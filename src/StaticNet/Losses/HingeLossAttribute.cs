namespace StaticNet;

/// <summary>max(0, 1 − ty) over the elements. Targets: one for each output element, −1 or 1.</summary>
/// <remarks>The loss of a support vector machine with two classes.</remarks>
public sealed class HingeLossAttribute : LossAttribute;
