using System.Globalization;
using System.Numerics.Tensors;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>What can be wrong with samples, whatever the network.</summary>
internal static class DataChecks
{
    private const double LargeInput = 10;
    private const double SmallInput = 0.01;
    private const double LargeTarget = 100;
    private const double SmallTarget = 0.001;
    private const double ManyConstant = 0.2;
    private const double Telling = 0.999;
    private const double Unbalanced = 10;
    private const int LeastSamples = 20;

    private static readonly string[] Norms = ["BatchNorm", "LayerNorm", "RMSNorm", "GroupNorm", "InstanceNorm", "Rescaling"];

    public static IEnumerable<Finding> Of(Trainer trainer, Probe probe)
    {
        if (probe.Count < LeastSamples)
            return [];
        return [.. InputScale(trainer, probe), .. TargetScale(trainer, probe), .. Constant(trainer, probe), .. Leaking(trainer, probe), .. Balance(trainer, probe)];
    }

    private static IEnumerable<Finding> InputScale(Trainer trainer, Probe probe)
    {
        var first = trainer.Description.Layers.FirstOrDefault(layer => layer.Parameters > 0);
        if (first is not null && Norms.Any(norm => first.Kind.StartsWith(norm, StringComparison.Ordinal)))
            yield break;
        var inputs = probe.ScaledInputs(trainer);
        var far = Enumerable.Range(0, probe.InputLength).Where(feature => TensorPrimitives.SumOfMagnitudes<float>(Column(inputs, feature, probe.InputLength)) > LargeInput * probe.Count).ToArray();
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(inputs));
        if (far.Length > 0)
        {
            yield return new Finding(
                FindingKind.InputScale,
                Text($"{far.Length} of {probe.InputLength} inputs, the first of them input {far[0]}, have a mean magnitude above {LargeInput} as the network gets them; the largest is {largest:G3}."),
                "Scale them: network.SetScaling(inputs: Scaler.Standard(…)).");
        }
        else if (largest is > 0 and < SmallInput)
        {
            yield return new Finding(
                FindingKind.InputScale,
                Text($"No input is beyond ±{SmallInput} as the network gets it; the largest is {largest:G3}."),
                "Scale them: network.SetScaling(inputs: Scaler.Standard(…)).");
        }
    }

    private static IEnumerable<Finding> TargetScale(Trainer trainer, Probe probe)
    {
        if (Probe.Numbers(trainer.Description) is null)
            yield break;
        var targets = (float[])probe.Targets.Clone();
        trainer.Weights.Scaling.Targets?.Apply(targets);
        for (var target = 0; target < probe.TargetLength; target++)
        {
            var (mean, deviation) = Spread(Column(targets, target, probe.TargetLength));
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
                Text($"{constant.Length} of {probe.InputLength} inputs, the first of them input {constant[0]}, have the same value in all of {probe.Count} samples."),
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
            : [.. Enumerable.Range(0, probe.Count).Select(sample => (double)classes.Actual(probe.Target(sample), 0))];
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
                Text($"Input {feature} alone explains {100 * share:F2} % of the target's variance, more than {100 * Telling:F1} %."),
                "See whether it is known when the network is used; it may have been computed from the answer.");
            yield break;
        }
    }

    private static IEnumerable<Finding> Balance(Trainer trainer, Probe probe)
    {
        if (Probe.Classes(trainer.Description) is not { } classes || probe.HasSampleWeights)
            yield break;
        var counts = Enumerable.Range(0, probe.Count).GroupBy(sample => classes.Actual(probe.Target(sample), 0)).ToDictionary(group => group.Key, group => group.Count());
        var (most, least) = (counts.MaxBy(count => count.Value), counts.MinBy(count => count.Value));
        if (most.Value > Unbalanced * least.Value)
        {
            yield return new Finding(
                FindingKind.UnbalancedClasses,
                Text($"Class {most.Key} has {most.Value} and class {least.Key} has {least.Value} of {probe.Count} samples, which is more than {Unbalanced} to 1."),
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

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
