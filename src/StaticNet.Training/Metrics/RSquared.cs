namespace StaticNet.Training.Metrics;

/// <summary>
/// The coefficient of determination, 1 − Σ(target − output)² / Σ(target − mean of targets)², for each output and then averaged:
/// 1 is exact, 0 is no better than the mean, and there is no lower limit.
/// </summary>
/// <remarks>
/// If all targets are equal, there is nothing to explain: 1 if the outputs are exact, else 0. NaN with fewer than two samples.
/// </remarks>
public sealed class RSquared : Metric
{
    private double[] _means = [];
    private double[] _deviations = [];
    private double[] _errors = [];
    private long _count;
    private double _total;

    /// <summary>Makes the metric, named <c>r_squared</c>.</summary>
    public RSquared()
        : base("r_squared", higherIsBetter: true)
    {
    }

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            if (_count < 2)
                return double.NaN;
            var sum = 0.0;
            for (var index = 0; index < _means.Length; index++)
                sum += _deviations[index] != 0 ? 1 - (_errors[index] / _deviations[index]) : _errors[index] == 0 ? 1 : 0;
            return sum / _means.Length;
        }
    }

    /// <inheritdoc/>
    public override void Attach(LossDescription loss)
    {
        MeanAbsoluteError.RequireElements(loss, Name);
        (_means, _deviations, _errors) = (new double[loss.OutputLength], new double[loss.OutputLength], new double[loss.OutputLength]);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_means);
        Array.Clear(_deviations);
        Array.Clear(_errors);
        (_count, _total) = (0, 0);
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        if (_means.Length != output.Length)
            throw new InvalidOperationException("Expected a metric that is attached to a loss of as many outputs.");
        _count++;
        _total += weight;
        for (var index = 0; index < output.Length; index++)
        {
            // Welford, 1962, and West, 1979, with weights: squares of deviations without the difference of two large sums.
            var fromOldMean = target[index] - _means[index];
            _means[index] += weight * fromOldMean / _total;
            _deviations[index] += weight * fromOldMean * (target[index] - _means[index]);
            var error = (double)target[index] - output[index];
            _errors[index] += weight * error * error;
        }
    }
}
