namespace StaticNet.Training.Metrics;

/// <summary>The base of the metrics that come from a confusion matrix.</summary>
public abstract class ConfusionMetric : Metric
{
    private ClassDecision? _decision;
    private ConfusionMatrix? _matrix;

    private readonly ClassAverage? _average;

    private protected ConfusionMetric(string name, ClassAverage? average)
        : base(name, higherIsBetter: true) => _average = average;

    /// <summary>The counts over the samples since the last reset.</summary>
    /// <exception cref="InvalidOperationException">The metric is not yet attached to a loss.</exception>
    public ConfusionMatrix Matrix => _matrix ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");

    /// <inheritdoc/>
    public sealed override double Value => Matrix.Total == 0 ? double.NaN : (_average ?? (_decision!.IsBinary ? ClassAverage.Positive : ClassAverage.Macro)) switch
    {
        ClassAverage.Positive => OfClass(Matrix, 1),
        // Each decision has one class predicted and one true class.
        ClassAverage.Micro => Matrix.Accuracy,
        ClassAverage.Weighted => Enumerable.Range(0, Matrix.ClassCount).Sum(index => Matrix.Support(index) * OfClass(Matrix, index)) / Matrix.Total,
        _ => OfAll(Matrix),
    };

    /// <inheritdoc/>
    public sealed override void Attach(LossDescription loss)
    {
        _decision = ClassDecision.Require(loss, Name);
        if (_average == ClassAverage.Positive && _decision.ClassCount != 2)
            throw new InvalidOperationException($"The metric '{Name}' of the positive class needs two classes; there are {_decision.ClassCount}.");
        if (_decision.ClassCount > ConfusionMatrix.MostClasses)
            throw new InvalidOperationException($"The metric '{Name}' counts every pair of classes, of {ConfusionMatrix.MostClasses} classes at most; there are {_decision.ClassCount}. Accuracy and TopKAccuracy take any number.");
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

    /// <summary>The figure of one class.</summary>
    private protected abstract double OfClass(ConfusionMatrix matrix, int index);

    /// <summary>The mean of the classes' figures.</summary>
    private protected abstract double OfAll(ConfusionMatrix matrix);
}
