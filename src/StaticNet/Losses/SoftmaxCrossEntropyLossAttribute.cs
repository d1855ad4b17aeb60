namespace StaticNet;

/// <summary>
/// −Σ t log softmax(z) over the classes, on logits z; the loss applies the softmax itself. Target: the class's index, or with
/// <see cref="SoftTargets"/> one probability a class.
/// </summary>
/// <remarks>Stable for logits of any size. One term a sample: <see cref="LossAttribute.Reduction"/> has no effect.</remarks>
public sealed class SoftmaxCrossEntropyLossAttribute : LossAttribute
{
    /// <summary>Whether targets are probabilities, one a class, instead of the class's index. Default: false.</summary>
    public bool SoftTargets { get; set; }

    /// <summary>ε in t' = (1 − ε)t + ε / classes, 0 or more and below 1. Default: 0. Szegedy et al., 2016.</summary>
    public float LabelSmoothing { get; set; }
}
