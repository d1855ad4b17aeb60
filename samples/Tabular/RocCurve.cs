namespace Tabular;

/// <summary>How many of the positives are found, for as many false alarms.</summary>
internal sealed class RocCurve
{
    private readonly float[] _positives;
    private readonly float[] _negatives;

    /// <summary>Makes the curve of scores; higher ones speak for the positive class.</summary>
    public RocCurve(IEnumerable<(float Score, bool IsPositive)> samples)
    {
        var all = samples.ToLookup(sample => sample.IsPositive, sample => sample.Score);
        _positives = [.. all[true].OrderDescending()];
        _negatives = [.. all[false].OrderDescending()];
    }

    /// <summary>The share of the positives whose score is above that of all but a share of the negatives.</summary>
    /// <param name="falseAlarms">The share of the negatives that may be taken for positives, 0 or more and below 1.</param>
    public double FoundAt(double falseAlarms)
    {
        var threshold = _negatives[(int)(falseAlarms * _negatives.Length)];
        return _positives.Count(score => score > threshold) / (double)_positives.Length;
    }
}
