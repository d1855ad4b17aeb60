namespace StaticNet.Training.Metrics;

/// <summary>The fraction of samples whose class is among those with the k largest outputs, 0 to 1.</summary>
/// <remarks>
/// Among equal outputs, the lower index comes first, as in <see cref="Accuracy"/>, which is the case k = 1. An output that is NaN
/// comes before all others, and a class whose own output is NaN is not found.
/// </remarks>
public sealed class TopKAccuracy : Metric
{
    private readonly int _k;
    private ClassDecision? _decision;
    private double _total;
    private double _right;

    /// <summary>Makes the metric, named <c>top_5_accuracy</c> for k = 5.</summary>
    /// <param name="k">The number of classes, 1 or more. Default: 5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is under 1.</exception>
    public TopKAccuracy(int k = 5)
        : base(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"top_{k}_accuracy"), higherIsBetter: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        _k = k;
    }

    /// <inheritdoc/>
    public override double Value => _right / _total;

    /// <inheritdoc/>
    public override void Attach(LossDescription loss)
    {
        _decision = ClassDecision.Require(loss, Name);
        if (_decision.IsBinary)
            throw new InvalidOperationException($"The metric '{Name}' needs a loss that chooses among classes; {loss.Kind} decides each output separately.");
    }

    /// <inheritdoc/>
    public override void Reset() => (_total, _right) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        var decision = _decision ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");
        var actual = decision.Actual(target, 0);
        var own = output[actual];
        var ahead = 0;
        for (var index = 0; index < output.Length; index++)
            ahead += index != actual && (!(output[index] <= own) || (output[index] == own && index < actual)) ? 1 : 0;
        _right += ahead < _k && !float.IsNaN(own) ? weight : 0;
        _total += weight;
    }
}
