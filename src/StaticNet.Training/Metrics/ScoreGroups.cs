namespace StaticNet.Training.Metrics;

/// <summary>Samples in the order of a score, those with the same score together.</summary>
internal static class ScoreGroups
{
    /// <summary>The weights of a class's samples and of all others for each score that occurs, from the lowest score up.</summary>
    /// <param name="scores">The score of each sample.</param>
    /// <param name="isPositive">Whether each is of the class.</param>
    /// <param name="weights">The weight of each.</param>
    /// <returns>Null if a score is NaN, which has no place in the order.</returns>
    public static List<(double Positives, double Negatives)>? Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights)
    {
        var keys = scores.ToArray();
        var samples = new int[keys.Length];
        for (var index = 0; index < samples.Length; index++)
            samples[index] = index;
        // NaNs come first.
        Array.Sort(keys, samples);
        if (keys.Length > 0 && float.IsNaN(keys[0]))
            return null;
        var groups = new List<(double Positives, double Negatives)>();
        for (int begin = 0, end; begin < keys.Length; begin = end)
        {
            var (own, others) = (0.0, 0.0);
            for (end = begin; end < keys.Length && keys[end] == keys[begin]; end++)
            {
                if (isPositive[samples[end]])
                    own += weights[samples[end]];
                else
                    others += weights[samples[end]];
            }

            groups.Add((own, others));
        }

        return groups;
    }
}
