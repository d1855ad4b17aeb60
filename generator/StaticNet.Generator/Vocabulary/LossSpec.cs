namespace StaticNet.Generator.Vocabulary;

/// <summary>A loss as declared.</summary>
/// <param name="Kind">The function.</param>
/// <param name="From">The layer that it takes; null: the last one.</param>
/// <param name="Weight">Its factor in the total.</param>
/// <param name="Sum">Whether terms are summed instead of averaged over a sample's elements.</param>
/// <param name="Parameter">Huber's δ, the multi-class hinge's margin, or the rate of the centres.</param>
/// <param name="SoftTargets">Whether softmax cross-entropy takes probabilities.</param>
/// <param name="LabelSmoothing">ε of softmax cross-entropy.</param>
internal sealed record LossSpec(
    LossKind Kind, string? From, float Weight, bool Sum, float Parameter = 1, bool SoftTargets = false, float LabelSmoothing = 0)
{
    /// <summary>Whether the target is a class's index.</summary>
    public bool TargetIsIndex => Kind == LossKind.MultiClassHinge || (Kind == LossKind.SoftmaxCrossEntropy && !SoftTargets);

    /// <summary>The attribute's name, without its ending.</summary>
    public string Title => Kind + "Loss";

    /// <summary>The number of targets per sample.</summary>
    public int TargetLength(TensorType output) => Kind == LossKind.Center ? 0 : TargetIsIndex ? 1 : output.Length;
}
