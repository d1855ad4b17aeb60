namespace StaticNet;

/// <summary>
/// Σ over j ≠ t of max(0, margin + y_j − y_t), divided by the number of classes with <see cref="Reduction.Mean"/>. Target:
/// the class index.
/// </summary>
/// <remarks>Weston and Watkins, 1999; the mean divides by all classes, as PyTorch's MultiMarginLoss does.</remarks>
public sealed class MultiClassHingeLossAttribute : LossAttribute
{
    /// <summary>The margin, above 0. Default: 1.</summary>
    public float Margin { get; set; } = Defaults.Margin;
}
