namespace StaticNet.Training.Metrics;

/// <summary>
/// The average precision, which approximates the area under the curve of precision and recall (PR-AUC): Σ (Rₙ − Rₙ₋₁) · Pₙ over
/// the thresholds from the highest score down, with precision and recall of all samples at or above a threshold. 1 is a perfect
/// order; chance is the fraction of positive samples. scikit-learn's <c>average_precision_score</c>.
/// </summary>
/// <remarks>
/// <para>Unlike <see cref="RocAuc"/>, it shows how well rare classes are recognised, since true negatives do not count. With a
/// loss that chooses among classes, there is one figure per class, that class against all others, and the value is their mean
/// (macro); the score is the softmax's probability, or the output itself for a multi-class hinge. With a binary loss, there is
/// one figure per output, and the value is their mean.</para>
/// <para>Classes without a sample have no recall and are left out of the mean (scikit-learn uses 0 and warns); NaN if this
/// applies to all of them, or if a score is NaN. It keeps the score of every sample and output, as <see cref="RocAuc"/>
/// does.</para>
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
