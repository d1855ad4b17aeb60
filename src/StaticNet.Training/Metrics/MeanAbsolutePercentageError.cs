namespace StaticNet.Training.Metrics;

/// <summary>The mean of |output − target| / |target| over all elements, as a fraction: 0.1 is 10 %. scikit-learn's
/// definition.</summary>
/// <remarks>
/// For a target of 0, the divisor is 2⁻⁵² instead, as in scikit-learn, which makes the mean very large. If targets are near 0,
/// another metric is more meaningful.
/// </remarks>
public sealed class MeanAbsolutePercentageError : Metric
{
    /// <summary>What a smaller target is taken for: the distance of 1 to the next double.</summary>
    private const double LeastTarget = 1.0 / (1L << 52);

    private double _sum;
    private double _total;

    /// <summary>Makes the metric, named <c>mean_absolute_percentage_error</c>.</summary>
    public MeanAbsolutePercentageError()
        : base("mean_absolute_percentage_error", higherIsBetter: false)
    {
    }

    /// <inheritdoc/>
    public override double Value => _sum / _total;

    /// <inheritdoc/>
    public override void Attach(LossDescription loss) => MeanAbsoluteError.RequireElements(loss, Name);

    /// <inheritdoc/>
    public override void Reset() => (_sum, _total) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        for (var index = 0; index < output.Length; index++)
            _sum += weight * Math.Abs((double)output[index] - target[index]) / Math.Max(Math.Abs((double)target[index]), LeastTarget);
        _total += weight * output.Length;
    }
}
