namespace StaticNet.Training;

/// <summary>How an exponential average of weights begins, before it has seen as many steps as it looks back over.</summary>
public enum AverageStart
{
    /// <summary>
    /// A shorter look back at first: after n steps beyond the first it keeps min(decay, (1 + n) / (10 + n)), as TensorFlow's
    /// ExponentialMovingAverage with <c>num_updates</c>. The weights of the first steps are soon forgotten.
    /// </summary>
    WarmUp,

    /// <summary>
    /// All steps count as the decay says and nothing else does: Σ decay^(t − i) wᵢ / Σ decay^(t − i), what Adam's correction of its averages
    /// gives. At first that is the plain mean of all steps.
    /// </summary>
    Corrected,

    /// <summary>
    /// From the weights after the first step with the full decay, as PyTorch's AveragedModel: they keep decay^(t − 1) of the average, so
    /// that it needs some 3 / (1 − decay) steps to be of use.
    /// </summary>
    FirstWeights,
}
