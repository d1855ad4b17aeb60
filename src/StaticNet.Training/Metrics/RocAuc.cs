namespace StaticNet.Training.Metrics;

/// <summary>
/// The area under the receiver operating characteristic: the probability that a sample of a class is given a higher score for it
/// than one of another, equal scores counting half. 0.5 is chance, 1 a perfect order.
/// </summary>
/// <remarks>
/// <para>Exact, by ranks (Mann and Whitney, 1947; Hanley and McNeil, 1982). A loss that chooses among classes gives one area a
/// class, that class against all others, and the value is their mean (macro); the score is the softmax's probability, or the
/// output itself for a multi-class hinge. A binary loss gives one area an output, and the value is their mean.</para>
/// <para>Classes with no sample, or with nothing else, have no area and are left out of the mean; NaN if that is all of them, or if a
/// score is NaN. It keeps the score of every sample and output: 4 bytes each, and 1 for what it was.</para>
/// </remarks>
public sealed class RocAuc : Metric
{
    private ClassDecision? _decision;
    private bool _isSoftmax;
    private int _columns;
    private int _capacity;
    private int _count;
    private float[][] _scores = [];
    private bool[][] _positive = [];

    /// <summary>Makes the metric, named <c>roc_auc</c>.</summary>
    public RocAuc()
        : base("roc_auc", higherIsBetter: true)
    {
    }

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var (sum, areas) = (0.0, 0);
            for (var column = 0; column < _columns; column++)
            {
                if (Area(_scores[column].AsSpan(0, _count), _positive[column].AsSpan(0, _count)) is not { } area)
                    continue;
                sum += area;
                areas++;
            }

            return areas == 0 ? double.NaN : sum / areas;
        }
    }

    /// <inheritdoc/>
    public override void Attach(LossDescription loss)
    {
        _decision = ClassDecision.Require(loss, Name);
        _isSoftmax = loss.Kind == LossKind.SoftmaxCrossEntropy;
        _columns = loss.OutputLength;
        (_capacity, _count) = (0, 0);
        _scores = new float[_columns][];
        _positive = new bool[_columns][];
    }

    /// <inheritdoc/>
    public override void Reserve(int count)
    {
        if (count <= _capacity)
            return;
        for (var column = 0; column < _columns; column++)
        {
            Array.Resize(ref _scores[column], count);
            Array.Resize(ref _positive[column], count);
        }

        _capacity = count;
    }

    /// <inheritdoc/>
    public override void Reset() => _count = 0;

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
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

        _count++;
    }

    /// <summary>(Sum of the positives' ranks − its least) / (positives × negatives); equal scores share the mean of their ranks.</summary>
    /// <returns>Null where one of the two is missing; NaN for scores without an order.</returns>
    private static double? Area(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        var (keys, labels) = (scores.ToArray(), positive.ToArray());
        // NaNs come first.
        Array.Sort(keys, labels);
        if (keys.Length > 0 && float.IsNaN(keys[0]))
            return double.NaN;
        var (positives, ranks) = (0L, 0.0);
        for (int begin = 0, end; begin < keys.Length; begin = end)
        {
            var among = 0L;
            for (end = begin; end < keys.Length && keys[end] == keys[begin]; end++)
                among += labels[end] ? 1 : 0;
            positives += among;
            ranks += among * (begin + 1 + end) / 2.0;
        }

        var negatives = keys.Length - positives;
        return positives == 0 || negatives == 0 ? null : (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
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
