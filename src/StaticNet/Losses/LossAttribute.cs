namespace StaticNet;

/// <summary>
/// The base of every loss. A network may have several: the total is their sum, each times its <see cref="Weight"/>. The loss of a
/// batch is its scale × the sum over samples, which is the mean by default. The targets of several losses follow one another in
/// the order of the attributes.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute : Attribute
{
    private protected LossAttribute()
    {
    }

    /// <summary>The name of the layer whose output is compared with the target. Default: the last layer.</summary>
    public string? From { get; set; }

    /// <summary>The factor of this loss in the total, finite and above 0. Default: 1.</summary>
    public float Weight { get; set; } = Defaults.LossWeight;

    /// <summary>
    /// How the terms of the elements of one sample are combined: their mean (the default) or their sum. Softmax cross-entropy,
    /// which has one term per sample, ignores it.
    /// </summary>
    public Reduction Reduction { get; set; }
}
