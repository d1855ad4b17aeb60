using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Insight;

/// <summary>How a classifier's probabilities relate to the labels of some samples.</summary>
internal sealed class ClassCurves
{
    private const int Bins = 10;

    private readonly float[] _odds;
    private readonly float[] _probabilities;
    private readonly int[] _labels;
    private readonly double[] _weights;

    /// <summary>Looks at samples of a network that has one softmax cross-entropy.</summary>
    public ClassCurves(Trainer trainer, Probe probe)
    {
        ClassCount = Probe.Classes(trainer.Description)!.ClassCount;
        var outputs = probe.Outputs(trainer);
        _odds = new float[outputs.Length];
        for (var sample = 0; sample < probe.Count; sample++)
        {
            var odds = new LogOdds(outputs.AsSpan(sample * ClassCount, ClassCount));
            for (var label = 0; label < ClassCount; label++)
                _odds[(label * probe.Count) + sample] = odds.Of(label);
        }

        Scores.Softmax(outputs, outputs, ClassCount);
        _probabilities = outputs;
        _labels = [.. Enumerable.Range(0, probe.Count).Select(probe.Label)];
        _weights = probe.Weights();
    }

    public int ClassCount { get; }

    public int Count => _labels.Length;

    public ReadOnlySpan<float> Probabilities(int sample) => _probabilities.AsSpan(sample * ClassCount, ClassCount);

    public int Label(int sample) => _labels[sample];

    public int Predicted(int sample) => Scores.ArgMax(Probabilities(sample));

    /// <summary>The samples whose label has the smallest probability, of those that are classified wrongly.</summary>
    public int[] MostWrong(int count) =>
        [.. Enumerable.Range(0, Count).Where(sample => Predicted(sample) != Label(sample)).OrderBy(sample => Probabilities(sample)[Label(sample)]).Take(count)];

    /// <summary>The area under the curve of a class, as <see cref="RocAuc"/> computes it; NaN if there is none.</summary>
    public double Area(int label)
    {
        var (groups, positives, negatives) = Groups(label);
        return positives > 0 && negatives > 0 ? RocAuc.Area(groups, positives, negatives) : double.NaN;
    }

    /// <summary>How often a label is found, over how often another is taken for it; and the precision over that: as the threshold falls. Both
    /// the label and another occur.</summary>
    public (double[] FalseRate, double[] TrueRate, double[] Precision) Curve(int label)
    {
        var (groups, positives, negatives) = Groups(label);
        var (falseRate, trueRate, precision) = (new List<double> { 0 }, new List<double> { 0 }, new List<double> { 1 });
        var (right, wrong) = (0.0, 0.0);
        for (var group = groups.Count - 1; group >= 0; group--)
        {
            // Samples with the same score cross the threshold together.
            (right, wrong) = (right + groups[group].Positives, wrong + groups[group].Negatives);
            falseRate.Add(wrong / negatives);
            trueRate.Add(right / positives);
            precision.Add(right / (right + wrong));
        }

        return ([.. falseRate], [.. trueRate], [.. precision]);
    }

    /// <summary>Of predictions of about the same confidence, their mean confidence and how many are right; and the mean distance of the two over all
    /// predictions (expected calibration error). Guo and others, "On Calibration of Modern Neural Networks", 2017.</summary>
    public (double[] Confidence, double[] Accuracy, double Error) Calibration()
    {
        var bins = Enumerable.Range(0, Count).Select(sample => (Confidence: (double)Probabilities(sample)[Predicted(sample)], IsRight: Predicted(sample) == Label(sample)))
            .GroupBy(item => Math.Min(Bins - 1, (int)(item.Confidence * Bins))).OrderBy(bin => bin.Key)
            .Select(bin => (Confidence: bin.Average(item => item.Confidence), Accuracy: bin.Average(item => item.IsRight ? 1.0 : 0), Count: bin.Count())).ToArray();
        return ([.. bins.Select(bin => bin.Confidence)], [.. bins.Select(bin => bin.Accuracy)], bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / Count);
    }

    private (List<(double Positives, double Negatives)> Groups, double Positives, double Negatives) Groups(int label)
    {
        var groups = ScoreGroups.Of(_odds.AsSpan(label * Count, Count), [.. _labels.Select(other => other == label)], _weights) ?? [];
        return (groups, groups.Sum(group => group.Positives), groups.Sum(group => group.Negatives));
    }
}
