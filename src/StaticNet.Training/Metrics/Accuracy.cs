namespace StaticNet.Training.Metrics;

/// <summary>The fraction of decisions that are correct, 0 to 1.</summary>
/// <remarks>
/// With a softmax or multi-class hinge loss, there is one decision per sample (targets may be indices or probabilities); with
/// binary losses, one per output, at a probability of 0.5, a logit of 0 or a hinge output of 0.
/// </remarks>
public sealed class Accuracy : Metric
{
    private ClassDecision? _decision;
    private double _total;
    private double _right;

    /// <summary>Makes the metric, named <c>accuracy</c>.</summary>
    public Accuracy()
        : base("accuracy", higherIsBetter: true)
    {
    }

    /// <inheritdoc/>
    public override double Value => _right / _total;

    /// <inheritdoc/>
    public override void Attach(LossDescription loss) => _decision = ClassDecision.Require(loss, Name);

    /// <inheritdoc/>
    public override void Reset() => (_total, _right) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        var decision = _decision ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");
        for (var index = 0; index < decision.PerSample; index++)
            _right += decision.Predicted(output, index) == decision.Actual(target, index) ? weight : 0;
        _total += weight * decision.PerSample;
    }
}
