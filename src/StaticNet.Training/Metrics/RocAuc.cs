namespace StaticNet.Training.Metrics;

/// <summary>
/// The area under the receiver operating characteristic: the probability that a sample of a class has a higher score for it than
/// a sample of another class, where equal scores count half. 0.5 is chance, 1 a perfect order.
/// </summary>
/// <remarks>
/// <para>Exact, by ranks (Mann and Whitney, 1947; Hanley and McNeil, 1982). With a loss that chooses among classes, there is one
/// area per class, that class against all others, and the value is their mean (macro); the score is the softmax's probability, or
/// the output itself for a multi-class hinge. With a binary loss, there is one area per output, and the value is their
/// mean.</para>
/// <para>Classes without samples, or with all samples, have no area and are left out of the mean; NaN if this applies to all of
/// them, or if a score is NaN. It keeps the score of every sample and output: 4 bytes each, 1 byte for its class, and 8 per
/// sample for its weight.</para>
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
        return negatives == 0 ? null : Area(groups, positives, negatives);
    }

    /// <summary>The area of one class, whose samples and the others have weights above 0.</summary>
    internal static double Area(IReadOnlyList<(double Positives, double Negatives)> groups, double positives, double negatives)
    {
        var (below, area) = (0.0, 0.0);
        foreach (var group in groups)
        {
            area += group.Positives * (below + (group.Negatives / 2));
            below += group.Negatives;
        }

        return area / (positives * negatives);
    }
}
