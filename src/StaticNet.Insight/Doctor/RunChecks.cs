using System.Globalization;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>What gradients, curves and outputs of a run say.</summary>
internal static class RunChecks
{
    private const double Vanishing = 1e-3;
    private const double Exploding = 1e4;
    private const double LargeUpdate = 0.05;
    private const double SmallUpdate = 1e-5;
    private const double HardlyFalling = 0.95;
    private const double Rise = 1.3;
    private const int LeastEpochs = 5;
    private const double NoBetter = 1.02;
    private const double DoubtfulShare = 0.1;

    /// <summary>Gradients that vanish or explode on their way back.</summary>
    public static IEnumerable<Finding> OfGradients(GradientWatch watch)
    {
        var sizes = watch.Layers.Where(layer => layer.Gradients.Count > 0).Select(layer => (layer.Layer, Size: Median(layer.Gradients.Newest))).ToArray();
        if (sizes.Length < 2 || sizes[^1].Size <= 0)
            yield break;
        var (first, last) = (sizes[0], sizes[^1]);
        var ratio = first.Size / last.Size;
        if (ratio < Vanishing)
        {
            yield return new Finding(
                FindingKind.VanishingGradients,
                Text($"The gradients of {first.Layer} are {ratio:G2} times those of {last.Layer} (medians of {watch.Layers[0].Gradients.Newest.Length} steps), less than {Vanishing:G2}: it hardly learns."),
                "ReLU instead of sigmoid or tanh, batch norms, residual connections, fewer layers, or an initialisation that suits the function.",
                first.Layer);
        }
        else if (ratio > Exploding)
        {
            yield return new Finding(
                FindingKind.ExplodingGradients,
                Text($"The gradients of {first.Layer} are {ratio:G2} times those of {last.Layer} (medians of {watch.Layers[0].Gradients.Newest.Length} steps), more than {Exploding:G2}."),
                "Smaller initial weights, norms, or clipping (ClipNorm of the optimizer).",
                first.Layer);
        }
    }

    /// <summary>A loss that was no longer finite.</summary>
    public static IEnumerable<Finding> OfDivergence(GradientWatch watch, string message)
    {
        var largest = watch.Layers.Where(layer => layer.Gradients.Count > 0).MaxBy(layer => layer.Gradients.Last);
        yield return new Finding(
            FindingKind.ExplodingGradients,
            Text($"{message} The largest gradients were those of {largest?.Layer ?? "no layer"}: {largest?.Gradients.Last ?? 0:G3} in the root of the mean square, after {largest?.Gradients.First ?? 0:G3} at first."),
            "A lower learning rate, a warm-up, clipping (ClipNorm of the optimizer), or scaled inputs.",
            largest?.Layer);
    }

    /// <summary>Steps that are too large or too small, by the ratio of updates to weights and by the loss.</summary>
    public static IEnumerable<Finding> OfRate(GradientWatch watch, History history, double firstLoss)
    {
        var ratios = watch.Layers.SelectMany(layer => layer.Updates.Newest.ToArray()).ToArray();
        if (ratios.Length == 0 || !(history.Epochs[^1].Loss > HardlyFalling * firstLoss))
            yield break;
        var (ratio, largest) = (ratios.Average(), ratios.Max());
        var loss = Text($"the loss, {firstLoss:G4} at first, is {history.Epochs[^1].Loss:G4} in epoch {history.Epochs[^1].Epoch}");
        if (ratio > LargeUpdate)
        {
            yield return new Finding(
                FindingKind.RateTooHigh,
                Text($"A step changes weights by {100 * ratio:G2} % of their size (mean), more than {100 * LargeUpdate:F0} %, and {loss}."),
                "A lower learning rate: trainer.FindLearningRate suggests one; about 0.1 % a step is usual.");
        }
        else if (largest < SmallUpdate)
        {
            yield return new Finding(
                FindingKind.RateTooLow,
                Text($"A step changes weights by {100 * largest:G2} % of their size at most, less than {100 * SmallUpdate:G2} %, and {loss}."),
                "A higher learning rate: trainer.FindLearningRate suggests one; about 0.1 % a step is usual.");
        }
    }

    /// <summary>What the curves of a run say at its end.</summary>
    public static IEnumerable<Finding> OfCurves(History history, double firstLoss)
    {
        var epochs = history.Epochs;
        if (epochs.Count < LeastEpochs)
            yield break;
        var best = epochs.Where(epoch => epoch.ValidationLoss is not null).MinBy(epoch => epoch.ValidationLoss);
        if (best is not null && epochs[^1].ValidationLoss > Rise * best.ValidationLoss && epochs[^1].Loss < best.Loss && epochs[^1].Epoch >= best.Epoch + 3)
        {
            yield return new Finding(
                FindingKind.Overfitting,
                Text($"The validation loss was {best.ValidationLoss:G4} in epoch {best.Epoch} and is {epochs[^1].ValidationLoss:G4} in epoch {epochs[^1].Epoch}, more than {Rise} times that, while the training loss fell from {best.Loss:G4} to {epochs[^1].Loss:G4}."),
                "EarlyStopping keeps the weights of the best epoch; more samples, augmentation, dropout, weight decay or a smaller network help.");
        }

        var (last, before) = (epochs[^1].Loss, epochs[^(LeastEpochs - 1)].Loss);
        if (last > 0.5 * firstLoss && last < HardlyFalling * firstLoss && last > 0.97 * before)
        {
            yield return new Finding(
                FindingKind.Underfitting,
                Text($"The training loss, {firstLoss:G4} at first, is {last:G4}, and was {before:G4} {LeastEpochs - 2} epochs before: it stays above half of what it was."),
                "A larger network, less regularisation, or inputs that tell more.");
        }

        foreach (var name in epochs[^1].Names().Where(name => !EpochResult.IsLoss(name)))
        {
            var values = history.Values(name);
            var start = epochs[^LeastEpochs].Loss;
            if (values.Length >= LeastEpochs && values[^LeastEpochs..].Distinct().Count() == 1 && values[^1] is > 0 and < 1 && last < HardlyFalling * start)
            {
                yield return new Finding(
                    FindingKind.StuckMetric,
                    Text($"{name} was {values[^1]:G4} in each of the last {LeastEpochs} epochs, while the loss fell from {start:G4} to {last:G4}."),
                    "The metric may not suit the targets, or one class covers all others: look at the confusion matrix.");
            }
        }
    }

    /// <summary>What the outputs say at the end: whether there is any gain, and which labels are doubtful.</summary>
    public static IEnumerable<Finding> OfOutputs(Trainer trainer, Probe probe)
    {
        if (Probe.Classes(trainer.Description) is { } classes)
        {
            var outputs = probe.Outputs(trainer);
            var length = trainer.Description.OutputLength;
            var actual = Enumerable.Range(0, probe.Count).Select(probe.Label).ToArray();
            var right = Enumerable.Range(0, probe.Count).Count(sample => classes.Predicted(outputs.AsSpan(sample * length, length), 0) == actual[sample]);
            var most = actual.CountBy(value => value).Max(count => count.Value);
            var (wrong, wrongAtLeast) = (probe.Count - right, probe.Count - most);
            if (wrong > 0 && !(wrong * NoBetter < wrongAtLeast))
            {
                yield return new Finding(
                    FindingKind.NoGain,
                    Text($"{wrong} of {probe.Count} training samples are wrong; always naming the most frequent class would have {wrongAtLeast} wrong."),
                    "See that inputs and labels belong together, that inputs are scaled, and that one batch can be learned (trainer.OverfitOneBatch).");
                yield break;
            }

            if (trainer.Description.Losses[0].Kind != LossKind.SoftmaxCrossEntropy)
                yield break;
            Scores.Softmax(outputs, outputs, classes.ClassCount);
            var doubtful = Enumerable.Range(0, probe.Count).Where(sample => IsDoubtful(outputs.AsSpan(sample * length, length), actual[sample]))
                .OrderBy(sample => outputs[(sample * length) + actual[sample]]).ToArray();
            if (doubtful.Length > DoubtfulShare * probe.Count)
            {
                yield return new Finding(
                    FindingKind.LabelNoise,
                    Text($"{doubtful.Length} of {probe.Count} training samples have a label that the network gives less than a tenth of the probability of another class, more than {100 * DoubtfulShare:F0} %; the most doubtful: {string.Join(", ", doubtful.Take(5).Select(sample => probe.PlaceOf(sample)))}."),
                    "Look at these samples; label smoothing lessens the effect of wrong labels.");
            }
        }
        else if (Probe.Numbers(trainer.Description) is not null && trainer.Description.OutputLength == probe.TargetLength)
        {
            var outputs = probe.Outputs(trainer);
            var (own, constant) = (0.0, 0.0);
            var count = 0;
            for (var target = 0; target < probe.TargetLength; target++)
            {
                var places = Enumerable.Range(0, probe.Count).Where(sample => probe.HasTarget(sample, target)).Select(sample => (sample * probe.TargetLength) + target).ToArray();
                if (places.Length == 0)
                    continue;
                var mean = places.Average(place => (double)probe.Targets[place]);
                own += places.Sum(place => Math.Pow(outputs[place] - probe.Targets[place], 2));
                constant += places.Sum(place => Math.Pow(mean - probe.Targets[place], 2));
                count += places.Length;
            }

            if (!(own * NoBetter < constant))
            {
                yield return new Finding(
                    FindingKind.NoGain,
                    Text($"The mean squared error over {probe.Count} training samples is {own / count:G4}; always giving the mean has {constant / count:G4}."),
                    "See that inputs and targets belong together, that both are scaled, and that one batch can be learned (trainer.OverfitOneBatch).");
            }
        }
    }

    private static bool IsDoubtful(ReadOnlySpan<float> probabilities, int label)
    {
        var largest = Scores.ArgMax(probabilities);
        return largest != label && probabilities[largest] > 0.5f && probabilities[label] < 0.1f * probabilities[largest];
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        var ordered = values.ToArray();
        Array.Sort(ordered);
        return ordered[ordered.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
