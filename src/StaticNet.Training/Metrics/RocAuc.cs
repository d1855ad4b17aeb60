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
/// score is NaN. It keeps the score of every sample and output: 4 bytes each, 1 for what it was, and 8 per sample for its weight.</para>
/// </remarks>
public sealed class RocAuc : ClassScores
{
    /// <summary>Makes the metric, named <c>roc_auc</c>.</summary>
    public RocAuc()
        : base("roc_auc")
    {
    }

    private protected override double? Of(IReadOnlyList<(double Positives, double Negatives)> groups, double positives, double negatives)
    {
        if (negatives == 0)
            return null;
        var (below, area) = (0.0, 0.0);
        foreach (var group in groups)
        {
            area += group.Positives * (below + (group.Negatives / 2));
            below += group.Negatives;
        }

        return area / (positives * negatives);
    }
}
