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
        var softmax = _isSoftmax ? new Softmax(output) : default;
        for (var column = 0; column < _columns; column++)
        {
            _scores[column][_count] = _isSoftmax ? softmax.LogOdds(output, column) : output[column];
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
        var keys = _scores[column].AsSpan(0, _count).ToArray();
        var samples = new int[_count];
        for (var index = 0; index < samples.Length; index++)
            samples[index] = index;
        // NaNs come first.
        Array.Sort(keys, samples);
        if (keys.Length > 0 && float.IsNaN(keys[0]))
            return double.NaN;
        var groups = new List<(double Positives, double Negatives)>();
        var (positives, negatives) = (0.0, 0.0);
        for (int begin = 0, end; begin < keys.Length; begin = end)
        {
            var (own, others) = (0.0, 0.0);
            for (end = begin; end < keys.Length && keys[end] == keys[begin]; end++)
            {
                if (_positive[column][samples[end]])
                    own += _weights[samples[end]];
                else
                    others += _weights[samples[end]];
            }

            groups.Add((own, others));
            positives += own;
            negatives += others;
        }

        return positives == 0 ? null : Of(groups, positives, negatives);
    }

    /// <summary>
    /// The softmax of one sample, as log-odds: z − log Σ exp of the others. They have the order of the probabilities, but not their
    /// ties near 0 and 1, where floats run out.
    /// </summary>
    private readonly ref struct Softmax
    {
        private readonly double _largest;
        private readonly int _at;
        private readonly double _others;

        public Softmax(ReadOnlySpan<float> logits)
        {
            _at = 0;
            for (var index = 1; index < logits.Length; index++)
            {
                if (logits[index] > logits[_at])
                    _at = index;
            }

            _largest = logits[_at];
            for (var index = 0; index < logits.Length; index++)
                _others += index == _at ? 0 : Math.Exp(logits[index] - _largest);
        }

        public float LogOdds(ReadOnlySpan<float> logits, int index)
        {
            if (index == _at)
                return (float)-Math.Log(_others);
            // 1 for the largest, and the others without this one: at least 1, so nothing is lost by the difference.
            var rest = 1 + Math.Max(0, _others - Math.Exp(logits[index] - _largest));
            return (float)(logits[index] - _largest - Math.Log(rest));
        }
    }
}
