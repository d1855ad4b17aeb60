namespace StaticNet.Training.Metrics;

/// <summary>The mean of (output − target)² over all elements, in the square of the targets' unit.</summary>
public sealed class MeanSquaredError : Metric
{
    private double _sum;
    private double _total;

    /// <summary>Makes the metric, named <c>mean_squared_error</c>.</summary>
    public MeanSquaredError()
        : base("mean_squared_error", higherIsBetter: false)
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
        {
            var error = (double)output[index] - target[index];
            _sum += weight * error * error;
        }

        _total += weight * output.Length;
    }
}
