namespace StaticNet.Training.Metrics;

/// <summary>
/// The softmax of one sample, as log-odds: z − log Σ exp of the others. They have the order of the probabilities, but not their
/// ties near 0 and 1, where floats run out.
/// </summary>
internal readonly ref struct LogOdds
{
    private readonly ReadOnlySpan<float> _logits;
    private readonly double _largest;
    private readonly int _at;
    private readonly double _others;

    /// <summary>Looks at a sample.</summary>
    /// <param name="logits">The output for it.</param>
    public LogOdds(ReadOnlySpan<float> logits)
    {
        _logits = logits;
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

    /// <summary>Those of a class.</summary>
    /// <param name="index">The class.</param>
    public float Of(int index)
    {
        if (index == _at)
            return (float)-Math.Log(_others);
        // 1 for the largest, and the others without this one: at least 1, so nothing is lost by the difference.
        var rest = 1 + Math.Max(0, _others - Math.Exp(_logits[index] - _largest));
        return (float)(_logits[index] - _largest - Math.Log(rest));
    }
}
