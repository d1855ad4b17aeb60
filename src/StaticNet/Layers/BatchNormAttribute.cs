namespace StaticNet;

/// <summary>
/// Batch normalisation of each channel (the first axis) over the samples of a batch and all positions. Parameters: <c>weight</c>
/// [channel], <c>bias</c> [channel], and <c>slope</c> if the activation is PReLU. Statistics, which gradients do not change:
/// <c>running_mean</c> [channel], which starts at 0, <c>running_var</c> [channel], which starts at 1, and
/// <c>num_batches_tracked</c> [1]. Ioffe and Szegedy, 2015.
/// </summary>
/// <remarks>
/// <para>A training step normalises by the mean and variance of the batch (over all its samples equally, whatever their weights),
/// and then updates the running ones: running = (1 − momentum) · running + momentum · batch. The running variance is the unbiased
/// one, divided by the number of values less one; a single value has the variance 0. Each micro-batch of a step counts as a
/// batch. Inference and evaluation normalise by the running statistics.</para>
/// <para>A frozen layer (<c>Trainable = false</c>, or in a frozen block) does not change: it normalises by its running statistics
/// in training too, and does not update them.</para>
/// </remarks>
public sealed class BatchNormAttribute : NormalizationAttribute
{
    /// <summary>
    /// The weight of the new value in the running statistics, 0 to 1, as in PyTorch. With NaN, all batches have the same weight,
    /// 1 / the number of batches. Default: 0.1.
    /// </summary>
    public float Momentum { get; set; } = Defaults.Momentum;

    /// <summary>The activation of the output. Default: identity.</summary>
    public Activation Activation { get; set; }

    /// <summary>The activation's α. Default: NaN, which means the activation's own default.</summary>
    public float ActivationAlpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one per channel (the first axis). Default: false.</summary>
    public bool SharedSlope { get; set; }
}
