namespace StaticNet.Training.Metrics;

/// <summary>The base of the metrics that come from a confusion matrix.</summary>
public abstract class ConfusionMetric : Metric
{
    private ClassDecision? _decision;
    private ConfusionMatrix? _matrix;

    private readonly ClassAverage? _average;
    private double[] _right = [];
    private double[] _predicted = [];
    private double[] _actual = [];
    private double _total;

    private protected ConfusionMetric(string name, ClassAverage? average)
        : base(name, higherIsBetter: true) => _average = average;

    /// <summary>The counts over the samples since the last reset, each sample once.</summary>
    /// <exception cref="InvalidOperationException">The metric is not yet attached to a loss.</exception>
    public ConfusionMatrix Matrix => _matrix ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");

    /// <inheritdoc/>
    public sealed override double Value => Matrix.Total == 0 ? double.NaN : (_average ?? (_decision!.IsBinary ? ClassAverage.Positive : ClassAverage.Macro)) switch
    {
        ClassAverage.Positive => OfClass(1),
        // Each decision has one class predicted and one true class.
        ClassAverage.Micro => _right.Sum() / _total,
        ClassAverage.Weighted => Enumerable.Range(0, _right.Length).Sum(index => _actual[index] * OfClass(index)) / _total,
        _ => Macro(),
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
        (_right, _predicted, _actual) = (new double[_decision.ClassCount], new double[_decision.ClassCount], new double[_decision.ClassCount]);
        _total = 0;
    }

    /// <inheritdoc/>
    public sealed override void Reset()
    {
        Matrix.Clear();
        Array.Clear(_right);
        Array.Clear(_predicted);
        Array.Clear(_actual);
        _total = 0;
    }

    /// <inheritdoc/>
    public sealed override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        var matrix = Matrix;
        for (var index = 0; index < _decision!.PerSample; index++)
        {
            var (actual, predicted) = (_decision.Actual(target, index), _decision.Predicted(output, index));
            matrix.Add(actual, predicted);
            _actual[actual] += weight;
            _predicted[predicted] += weight;
            _right[actual] += actual == predicted ? weight : 0;
        }

        _total += weight * _decision.PerSample;
    }

    /// <summary>The figure of one class; 0 where it would divide by 0.</summary>
    /// <param name="right">The weight of its decisions that are right.</param>
    /// <param name="predicted">The weight of its predictions.</param>
    /// <param name="actual">The weight of its targets.</param>
    private protected abstract double OfClass(double right, double predicted, double actual);

    private protected static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    private double OfClass(int index) => OfClass(_right[index], _predicted[index], _actual[index]);

    /// <summary>The mean over the classes that occur.</summary>
    private double Macro()
    {
        var (sum, classes) = (0.0, 0);
        for (var index = 0; index < _right.Length; index++)
        {
            if (_predicted[index] + _actual[index] == 0)
                continue;
            sum += OfClass(index);
            classes++;
        }

        return sum / classes;
    }
}
