namespace StaticNet.Training.Metrics;

/// <summary>
/// The average precision, which stands for the area under the curve of precision and recall (PR-AUC): Σ (Rₙ − Rₙ₋₁) · Pₙ over the thresholds
/// from the highest score down, with precision and recall of all samples at or above a threshold. 1 is a perfect order, the share of
/// positive samples is chance. scikit-learn's <c>average_precision_score</c>.
/// </summary>
/// <remarks>
/// <para>Unlike <see cref="RocAuc"/> it tells how rare classes fare, since right negatives do not count. A loss that chooses among classes
/// gives one figure per class, that class against all others, and the value is their mean (macro); the score is the softmax's
/// probability, or the output itself for a multi-class hinge. A binary loss gives one figure an output, and the value is their
/// mean.</para>
/// <para>Classes without a sample have no recall and are left out of the mean (scikit-learn gives 0 and a warning); NaN if that is all of
/// them, or if a score is NaN. It keeps the score of every sample and output, as <see cref="RocAuc"/> does.</para>
/// </remarks>
public sealed class AveragePrecision : ClassScores
{
    /// <summary>Makes the metric, named <c>average_precision</c>.</summary>
    public AveragePrecision()
        : base("average_precision")
    {
    }

    private protected override double? Of(IReadOnlyList<(double Positives, double Negatives)> groups, double positives, double negatives)
    {
        var (found, wrong, sum) = (0.0, 0.0, 0.0);
        for (var index = groups.Count - 1; index >= 0; index--)
        {
            found += groups[index].Positives;
            wrong += groups[index].Negatives;
            sum += groups[index].Positives / positives * (found / (found + wrong));
        }

        return sum;
    }
}
