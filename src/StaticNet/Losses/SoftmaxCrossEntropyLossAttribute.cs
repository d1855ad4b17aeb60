namespace StaticNet;

/// <summary>
/// −Σ t log softmax(z) over the classes, on logits z; the loss applies the softmax itself. Target: the class index, or with
/// <see cref="SoftTargets"/> one probability per class.
/// </summary>
/// <remarks>Stable for logits of any size. One term per sample: <see cref="LossAttribute.Reduction"/> has no effect.</remarks>
public sealed class SoftmaxCrossEntropyLossAttribute : LossAttribute
{
    /// <summary>Whether targets are probabilities, one per class, instead of the class index. Default: false.</summary>
    public bool SoftTargets { get; set; }

    /// <summary>ε in t' = (1 − ε)t + ε / classes, at least 0 and less than 1. Default: 0. Szegedy et al., 2016.</summary>
    public float LabelSmoothing { get; set; }
}
