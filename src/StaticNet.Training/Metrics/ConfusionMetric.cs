namespace StaticNet.Training.Metrics;

/// <summary>The base of the metrics that come from a confusion matrix.</summary>
public abstract class ConfusionMetric : Metric
{
    private ClassDecision? _decision;
    private ConfusionMatrix? _matrix;

    private protected ConfusionMetric(string name)
        : base(name, higherIsBetter: true)
    {
    }

    /// <summary>The counts over the samples since the last reset.</summary>
    /// <exception cref="InvalidOperationException">The metric is not yet attached to a loss.</exception>
    public ConfusionMatrix Matrix => _matrix ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");

    /// <inheritdoc/>
    public sealed override double Value => Matrix.Total == 0 ? double.NaN : Of(Matrix);

    /// <inheritdoc/>
    public sealed override void Attach(LossDescription loss)
    {
        _decision = ClassDecision.Require(loss, Name);
        _matrix = new ConfusionMatrix(_decision.ClassCount);
    }

    /// <inheritdoc/>
    public sealed override void Reset() => Matrix.Clear();

    /// <inheritdoc/>
    public sealed override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var matrix = Matrix;
        for (var index = 0; index < _decision!.PerSample; index++)
            matrix.Add(_decision.Actual(target, index), _decision.Predicted(output, index));
    }

    private protected abstract double Of(ConfusionMatrix matrix);
}
