namespace StaticNet.Reference.Comparison;

/// <summary>How a generated network is compared with its reference.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The largest error of outputs and losses, relative to a tensor's largest magnitude. Default: 3e-5.</summary>
    public double OutputTolerance { get; init; } = 3e-5;

    /// <summary>The largest error of gradients, relative to a tensor's largest magnitude. Default: 2e-4.</summary>
    public double GradientTolerance { get; init; } = 2e-4;

    /// <summary>
    /// What the largest magnitude of a gradient counts as at least, as a share of that of all gradients: tensors in which
    /// nearly everything cancels carry the rounding of their large terms. Default: 0.01.
    /// </summary>
    public double SmallestGradient { get; init; } = 1e-2;

    /// <summary>
    /// How near samples may come to a kink, where single precision may end on the other side. Default: 1e-5.
    /// </summary>
    public double KinkDistance { get; init; } = 1e-5;

    /// <summary>The most samples of a batch that are compared; larger capacities are not filled. Default: 20.</summary>
    public int LargestBatch { get; init; } = 20;
}
