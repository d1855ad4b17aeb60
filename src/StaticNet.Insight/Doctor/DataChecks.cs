using System.Globalization;
using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>What can be wrong with samples, whatever the network.</summary>
internal static class DataChecks
{
    private const double LargeTarget = 100;
    private const double SmallTarget = 0.001;
    private const double ManyConstant = 0.2;
    private const double Telling = 0.999;
    private const double Unbalanced = 10;
    private const int LeastSamples = 20;

    public static IEnumerable<Finding> Of(Trainer trainer, Probe probe)
    {
        if (probe.Count < LeastSamples)
            return NonFinite(trainer, probe);
        return [.. NonFinite(trainer, probe), .. InputScale(trainer, probe), .. TargetScale(trainer, probe), .. Constant(trainer, probe), .. Leaking(trainer, probe), .. Balance(trainer, probe)];
    }

    private static IEnumerable<Finding> NonFinite(Trainer trainer, Probe probe)
    {
        for (var sample = 0; sample < probe.Count; sample++)
        {
            var length = probe.Lengths.Length == 0 ? probe.InputLength : probe.InputLength / trainer.Description.Steps * probe.Lengths[sample];
            var input = DivergenceCause.FirstNotFinite(probe.Inputs.AsSpan(sample * probe.InputLength, length));
            if (input < 0)
                continue;
            yield return new Finding(
                FindingKind.NonFiniteInputs,
                Text($"Input {Place(input, trainer.Weights.Schema)} of {probe.PlaceOf(sample)} is {probe.Inputs[(sample * probe.InputLength) + input]}; the loss is not finite with it."),
                "Leave such samples out, or fill in what is missing: a NumberColumn with Missing = MissingValue.Mean does so for tables.");
            yield break;
        }
    }

    private static IEnumerable<Finding> InputScale(Trainer trainer, Probe probe)
    {
        if (InputScaleCheck.Of(trainer.Description, trainer.Weights.Scaling, trainer.Weights.Schema) is not { } check)
            yield break;
        check.Add(probe.Inputs, probe.Count);
        if (check.Find("") is var (evidence, advice))
            yield return new Finding(FindingKind.InputScale, evidence, advice);
    }

    private static IEnumerable<Finding> TargetScale(Trainer trainer, Probe probe)
    {
        if (Probe.Numbers(trainer.Description) is null)
            yield break;
        var targets = probe.ScaledTargets(trainer);
        for (var target = 0; target < probe.TargetLength; target++)
        {
            var own = Column(targets, target, probe.TargetLength).Where((_, sample) => probe.HasTarget(sample, target)).ToArray();
            if (own.Length == 0)
                continue;
            var (mean, deviation) = Spread(own);
            if (Math.Abs(mean) <= LargeTarget && deviation is <= LargeTarget and (>= SmallTarget or 0))
                continue;
            yield return new Finding(
                FindingKind.TargetScale,
                Text($"Target {target} has a mean of {mean:G3} and a deviation of {deviation:G3} as the network learns it; up to {LargeTarget}, and a deviation of at least {SmallTarget}, suit it."),
                "Scale them: network.SetScaling(targets: Scaler.Standard(…)), which is reversed on the outputs.");
            yield break;
        }
    }

    private static IEnumerable<Finding> Constant(Trainer trainer, Probe probe)
    {
        var constant = Enumerable.Range(0, probe.InputLength).Where(feature => !Column(probe.Inputs, feature, probe.InputLength).AsSpan().ContainsAnyExcept(probe.Inputs[feature])).ToArray();
        // The corners of images are often empty; a column of a table should not be.
        var many = trainer.Weights.Schema is null ? ManyConstant * probe.InputLength : 0;
        if (constant.Length > many)
        {
            yield return new Finding(
                FindingKind.ConstantFeatures,
                Text($"{constant.Length} of {probe.InputLength} inputs, the first of them input {Place(constant[0], trainer.Weights.Schema)}, have the same value in all of {probe.Count} samples."),
                "Leave them out, or look at how they are read.");
        }
    }

    private static IEnumerable<Finding> Leaking(Trainer trainer, Probe probe)
    {
        var classes = Probe.Classes(trainer.Description);
        if (probe.InputLength == 1 || (classes is null && (Probe.Numbers(trainer.Description) is null || probe.TargetLength != 1)))
            yield break;
        var answers = classes is null
            ? probe.Targets.Select(target => (double)target).ToArray()
            : [.. Enumerable.Range(0, probe.Count).Select(sample => (double)probe.Label(sample))];
        if (answers.Distinct().Take(2).Count() < 2)
            yield break;
        for (var feature = 0; feature < probe.InputLength; feature++)
        {
            var values = Column(probe.Inputs, feature, probe.InputLength).Select(value => (double)value).ToArray();
            var share = classes is null ? SquaredCorrelation(values, answers) : Explained(values, answers, classes.ClassCount);
            if (share <= Telling || (classes is not null && !Separates(values, answers)))
                continue;
            yield return new Finding(
                FindingKind.LeakingFeature,
                Text($"Input {Place(feature, trainer.Weights.Schema)} alone explains {100 * share:F2} % of the target's variance, more than {100 * Telling:F1} %."),
                "See whether it is known when the network is used; it may have been computed from the answer.");
            yield break;
        }
    }

    private static IEnumerable<Finding> Balance(Trainer trainer, Probe probe)
    {
        if (Probe.Classes(trainer.Description) is not { } classes || probe.All.HasSampleWeights
            || MissingClasses.Count(trainer.Description, probe.All, trainer.Description.Losses[0], classes) is not { } counts)
        {
            yield break;
        }

        var present = counts.Index().Where(count => count.Item > 0).ToArray();
        var (most, least) = (present.MaxBy(count => count.Item), present.MinBy(count => count.Item));
        if (most.Item > Unbalanced * least.Item)
        {
            yield return new Finding(
                FindingKind.UnbalancedClasses,
                Text($"Class {most.Index} has {most.Item} and class {least.Index} has {least.Item} of {probe.All.Count} samples, which is more than {Unbalanced} to 1."),
                "Weight the classes (data.WithClassWeights), or draw them evenly (BalancedSampler), and look at F1 besides accuracy.");
        }
    }

    private static float[] Column(float[] rows, int column, int width)
    {
        var values = new float[rows.Length / width];
        for (var row = 0; row < values.Length; row++)
            values[row] = rows[(row * width) + column];
        return values;
    }

    private static (double Mean, double Deviation) Spread(float[] values)
    {
        var all = values.Select(value => (double)value).ToArray();
        var mean = all.Average();
        return (mean, Math.Sqrt(all.Average(value => (value - mean) * (value - mean))));
    }

    private static double SquaredCorrelation(double[] first, double[] second)
    {
        var (one, other) = (first.Average(), second.Average());
        var (both, squares, others) = (0.0, 0.0, 0.0);
        for (var index = 0; index < first.Length; index++)
        {
            both += (first[index] - one) * (second[index] - other);
            squares += (first[index] - one) * (first[index] - one);
            others += (second[index] - other) * (second[index] - other);
        }

        return squares > 0 && others > 0 ? both * both / (squares * others) : 0;
    }

    /// <summary>Whether a feature has another value for each class, and not only for groups of classes.</summary>
    private static bool Separates(double[] values, double[] classes)
    {
        var ranges = values.Zip(classes).GroupBy(item => item.Second, (_, own) => own.Select(item => item.First).Order().ToArray()).OrderBy(own => own[0]).ToArray();
        return ranges.Zip(ranges.Skip(1)).All(pair => pair.First[^1] < pair.Second[0]);
    }

    /// <summary>The share of a feature's variance between classes.</summary>
    private static double Explained(double[] values, double[] classes, int classCount)
    {
        var (counts, sums) = (new int[classCount], new double[classCount]);
        var (sum, squares) = (0.0, 0.0);
        for (var index = 0; index < values.Length; index++)
        {
            counts[(int)classes[index]]++;
            sums[(int)classes[index]] += values[index];
            sum += values[index];
            squares += values[index] * values[index];
        }

        var total = squares - (sum * sum / values.Length);
        var between = -sum * sum / values.Length;
        for (var label = 0; label < classCount; label++)
            between += counts[label] == 0 ? 0 : sums[label] * sums[label] / counts[label];
        return total > 0 ? between / total : 0;
    }

    /// <summary>The number of an input, with the column that it is of if there is a schema.</summary>
    private static string Place(int input, TableSchema? schema) => schema is null ? Text($"{input}") : NumberPlace.Of(input, schema);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
