namespace StaticNet.Training.Metrics;

/// <summary>The mean of |output − target| over all elements, in the targets' unit.</summary>
public sealed class MeanAbsoluteError : Metric
{
    private double _sum;
    private double _total;

    /// <summary>Makes the metric, named <c>mean_absolute_error</c>.</summary>
    public MeanAbsoluteError()
        : base("mean_absolute_error", higherIsBetter: false)
    {
    }

    /// <inheritdoc/>
    public override double Value => _sum / _total;

    /// <inheritdoc/>
    public override void Attach(LossDescription loss) => RequireElements(loss, Name);

    /// <inheritdoc/>
    public override void Reset() => (_sum, _total) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        for (var index = 0; index < output.Length; index++)
            _sum += weight * Math.Abs((double)output[index] - target[index]);
        _total += weight * output.Length;
    }

    /// <summary>Checks that there is a target for each output.</summary>
    internal static void RequireElements(LossDescription loss, string metric)
    {
        if (loss.TargetLength != loss.OutputLength || loss.TargetIsIndex)
            throw new InvalidOperationException($"The metric '{metric}' needs a target for each output; the targets of {loss.Kind} are indices.");
    }
}
