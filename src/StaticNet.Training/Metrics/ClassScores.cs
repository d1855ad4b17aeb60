namespace StaticNet.Training.Metrics;

/// <summary>The base of the metrics that come from the order of scores: it keeps the scores of all samples for each class, or each output.</summary>
/// <remarks>
/// With a loss that chooses among classes, there is one figure per class, that class against all others; the score is the
/// softmax's probability, or the output itself for a multi-class hinge. With a binary loss, there is one figure per output. The
/// value is their mean (macro).
/// </remarks>
public abstract class ClassScores : Metric
{
    private ClassDecision? _decision;
    private bool _isSoftmax;
    private int _columns;
    private int _capacity;
    private int _count;
    private float[][] _scores = [];
    private bool[][] _positive = [];
    private double[] _weights = [];

    private protected ClassScores(string name)
        : base(name, higherIsBetter: true)
    {
    }

    /// <inheritdoc/>
    public sealed override double Value
    {
        get
        {
            var (sum, figures) = (0.0, 0);
            for (var column = 0; column < _columns; column++)
            {
                if (OfColumn(column) is not { } figure)
                    continue;
                sum += figure;
                figures++;
            }

            return figures == 0 ? double.NaN : sum / figures;
        }
    }

    /// <inheritdoc/>
    public sealed override void Attach(LossDescription loss)
    {
        _decision = ClassDecision.Require(loss, Name);
        _isSoftmax = loss.Kind == LossKind.SoftmaxCrossEntropy;
        _columns = loss.OutputLength;
        (_capacity, _count) = (0, 0);
        _scores = new float[_columns][];
        _positive = new bool[_columns][];
        _weights = [];
    }

    /// <inheritdoc/>
    public sealed override void Reserve(int count)
    {
        if (count <= _capacity)
            return;
        for (var column = 0; column < _columns; column++)
        {
            Array.Resize(ref _scores[column], count);
            Array.Resize(ref _positive[column], count);
        }

        Array.Resize(ref _weights, count);
        _capacity = count;
    }

    /// <inheritdoc/>
    public sealed override void Reset() => _count = 0;

    /// <inheritdoc/>
    public sealed override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        var decision = _decision ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");
        if (_count == _capacity)
            Reserve(Math.Max(256, 2 * _capacity));
        var actual = decision.IsBinary ? -1 : decision.Actual(target, 0);
        var odds = _isSoftmax ? new LogOdds(output) : default;
        for (var column = 0; column < _columns; column++)
        {
            _scores[column][_count] = _isSoftmax ? odds.Of(column) : output[column];
            _positive[column][_count] = decision.IsBinary ? decision.Actual(target, column) == 1 : column == actual;
        }

        _weights[_count++] = weight;
    }

    /// <summary>The figure of one class.</summary>
    /// <param name="groups">The weights of its samples and of all others for each score that occurs, from the lowest score up.</param>
    /// <param name="positives">The weight of all its samples, above 0.</param>
    /// <param name="negatives">The weight of all others.</param>
    /// <returns>Null where there is none.</returns>
    private protected abstract double? Of(IReadOnlyList<(double Positives, double Negatives)> groups, double positives, double negatives);

    /// <returns>Null if there is no sample of the class; NaN for scores without an order.</returns>
    private double? OfColumn(int column)
    {
        if (ScoreGroups.Of(_scores[column].AsSpan(0, _count), _positive[column], _weights) is not { } groups)
            return double.NaN;
        var (positives, negatives) = (groups.Sum(group => group.Positives), groups.Sum(group => group.Negatives));
        return positives == 0 ? null : Of(groups, positives, negatives);
    }
}
