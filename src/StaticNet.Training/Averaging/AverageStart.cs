namespace StaticNet.Training;

/// <summary>How an exponential average of weights begins, before it has seen as many steps as it averages over.</summary>
public enum AverageStart
{
    /// <summary>
    /// A shorter memory at first: after n steps beyond the first, the decay is min(decay, (1 + n) / (10 + n)), as in TensorFlow's
    /// ExponentialMovingAverage with <c>num_updates</c>. The weights of the first steps are soon forgotten.
    /// </summary>
    WarmUp,

    /// <summary>
    /// All steps count exactly according to the decay: Σ decay^(t − i) wᵢ / Σ decay^(t − i), like Adam's averages after
    /// correction. At first, that is the plain mean of all steps.
    /// </summary>
    Corrected,

    /// <summary>
    /// The full decay, starting from the weights after the first step, as in PyTorch's AveragedModel: these keep the fraction
    /// decay^(t − 1) of the average, so it takes about 3 / (1 − decay) steps to be useful.
    /// </summary>
    FirstWeights,
}
