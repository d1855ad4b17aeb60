using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>How a classifier's probabilities relate to the labels of some samples.</summary>
internal sealed class ClassCurves
{
    private const int Bins = 10;

    private readonly float[] _probabilities;
    private readonly int[] _labels;

    /// <summary>Looks at samples of a network that has one softmax cross-entropy.</summary>
    public ClassCurves(Trainer trainer, Probe probe)
    {
        var classes = Probe.Classes(trainer.Description)!;
        ClassCount = classes.ClassCount;
        _probabilities = probe.Outputs(trainer);
        Scores.Softmax(_probabilities, _probabilities, ClassCount);
        _labels = [.. Enumerable.Range(0, probe.Count).Select(sample => classes.Actual(probe.Target(sample), 0))];
    }

    public int ClassCount { get; }

    public int Count => _labels.Length;

    public ReadOnlySpan<float> Probabilities(int sample) => _probabilities.AsSpan(sample * ClassCount, ClassCount);

    public int Label(int sample) => _labels[sample];

    public int Predicted(int sample) => Scores.ArgMax(Probabilities(sample));

    /// <summary>The samples whose label has the smallest probability, of those that are classified wrongly.</summary>
    public int[] MostWrong(int count) =>
        [.. Enumerable.Range(0, Count).Where(sample => Predicted(sample) != Label(sample)).OrderBy(sample => Probabilities(sample)[Label(sample)]).Take(count)];

    /// <summary>How often a label is found, over how often another is taken for it; and the precision over that: as the threshold falls.</summary>
    public (double[] FalseRate, double[] TrueRate, double[] Precision, double Area) Curve(int label)
    {
        var (keys, order) = (new float[Count], new int[Count]);
        for (var sample = 0; sample < Count; sample++)
            (keys[sample], order[sample]) = (-_probabilities[(sample * ClassCount) + label], sample);
        Array.Sort(keys, order);
        var positives = _labels.AsSpan().Count(label);
        var negatives = Count - positives;
        var (falseRate, trueRate, precision) = (new List<double> { 0 }, new List<double> { 0 }, new List<double> { 1 });
        var (right, wrong, area) = (0, 0, 0.0);
        for (var place = 0; place < order.Length; place++)
        {
            var isRight = Label(order[place]) == label;
            (right, wrong) = isRight ? (right + 1, wrong) : (right, wrong + 1);
            // Samples with the same probability cross the threshold together.
            if (place + 1 < order.Length && keys[place + 1] == keys[place])
                continue;
            var (x, y) = (negatives == 0 ? 0 : (double)wrong / negatives, positives == 0 ? 0 : (double)right / positives);
            area += (x - falseRate[^1]) * (y + trueRate[^1]) / 2;
            falseRate.Add(x);
            trueRate.Add(y);
            precision.Add((double)right / (right + wrong));
        }

        return ([.. falseRate], [.. trueRate], [.. precision], positives == 0 || negatives == 0 ? double.NaN : area);
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
}
