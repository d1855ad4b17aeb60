using System.Globalization;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>What can be wrong with a network as it is: its declaration, its weights, and what its layers compute.</summary>
internal static class NetworkChecks
{
    private const double DeadShare = 0.5;
    private const double SaturatedShare = 0.7;
    private const double TimesChance = 2;
    private const int TinyBatch = 8;

    /// <summary>Before training.</summary>
    public static IEnumerable<Finding> AtStart(Trainer trainer, Probe probe) =>
        [.. Mismatch(trainer, probe), .. InitialLoss(trainer, probe), .. Symmetry(trainer), .. TinyBatches(trainer), .. Units(trainer, probe)];

    /// <summary>What the units do, before, during and after training.</summary>
    public static IEnumerable<Finding> Units(Trainer trainer, Probe probe)
    {
        foreach (var layer in LayerProbe.Of(trainer, probe))
        {
            if (layer.Dead > DeadShare * layer.Units)
            {
                yield return new Finding(
                    FindingKind.DeadUnits,
                    Text($"{layer.Dead} of {layer.Units} units of {layer.Name} output 0 for all of {probe.Count} samples, more than {100 * DeadShare:F0} %: they learn no more."),
                    "A lower learning rate or a warm-up keeps units alive; He's initialisation, or leaky ReLU, revives them.",
                    layer.Name);
            }

            if (!layer.IsOutput && layer.Saturation > SaturatedShare)
            {
                yield return new Finding(
                    FindingKind.SaturatedUnits,
                    Text($"{100 * layer.Saturation:F0} % of the values of {layer.Name} are within 2.5 % of the ends of {layer.Function}'s range, more than {100 * SaturatedShare:F0} %: hardly any gradient passes there."),
                    "Smaller initial weights (Glorot's), scaled inputs, a norm before the function, or ReLU.",
                    layer.Name);
            }
        }
    }

    private static IEnumerable<Finding> Mismatch(Trainer trainer, Probe probe)
    {
        foreach (var loss in trainer.Description.Losses)
        {
            var layer = trainer.Description.Layers.FirstOrDefault(layer => layer.Name == loss.From);
            var kind = layer?.Kind ?? "";
            var squashed = UnitFunctions.Is(kind, "softmax") ? "softmax" : UnitFunctions.Is(kind, "sigmoid") ? "sigmoid" : null;
            if (squashed is not null && loss.Kind is LossKind.SoftmaxCrossEntropy or LossKind.BinaryCrossEntropyWithLogits)
            {
                yield return new Finding(
                    FindingKind.LossMismatch,
                    Text($"{loss.Kind} takes logits, but {loss.From} ends with a {squashed}, so the function is applied twice and the loss cannot come near 0."),
                    "Leave the activation of the last layer out; Scores.Softmax and Scores.Sigmoid make probabilities of logits.",
                    loss.From);
            }
        }

        if (Probe.Numbers(trainer.Description) is not { } numbers || trainer.Description.Layers.FirstOrDefault(layer => layer.Name == numbers.From) is not { } last)
            yield break;
        var targets = probe.ScaledTargets(trainer).Where((_, index) => probe.HasTarget(index / probe.TargetLength, index % probe.TargetLength)).ToArray();
        var (least, most) = (targets.Min(), targets.Max());
        var (lower, upper) = UnitFunctions.RangeOf(last.Kind);
        if (least < lower || most > upper)
        {
            yield return new Finding(
                FindingKind.LossMismatch,
                Text($"{last.Name} ({last.Kind}) can output {(float.IsInfinity(upper) ? Text($"{lower} or more") : Text($"{lower} to {upper}"))}, but targets are {least:G3} to {most:G3} as the network learns them."),
                "Leave the activation of the last layer out, or scale the targets into its range.",
                last.Name);
        }
    }

    private static IEnumerable<Finding> InitialLoss(Trainer trainer, Probe probe)
    {
        if (trainer.CompletedSteps > 0 || Probe.Classes(trainer.Description) is not { } classes || trainer.Description.Losses[0].Kind != LossKind.SoftmaxCrossEntropy)
            yield break;
        var outputs = probe.Outputs(trainer);
        var probabilities = new float[outputs.Length];
        Scores.Softmax(outputs, probabilities, classes.ClassCount);
        var loss = Enumerable.Range(0, probe.Count).Average(sample => -Math.Log(Math.Max(1e-30, probabilities[(sample * classes.ClassCount) + probe.Label(sample)])));
        var chance = Math.Log(classes.ClassCount);
        if (loss > TimesChance * chance)
        {
            yield return new Finding(
                FindingKind.InitialLoss,
                Text($"Before training, the loss is {loss:F2}; equal probabilities of {classes.ClassCount} classes have ln {classes.ClassCount} = {chance:F2}, and it is more than {TimesChance} times that."),
                "The first outputs are too large: scale the inputs, or take smaller initial weights in the last layer.");
        }
    }

    private static IEnumerable<Finding> Symmetry(Trainer trainer)
    {
        var weights = trainer.Weights.Table.Parameters.Where(parameter => parameter is { Kind: ParameterKind.Weight, Trainable: true } && parameter.Shape.Length > 1).ToArray();
        // The last layer's gradients differ from output to output, whatever its weights.
        foreach (var weight in weights.SkipLast(1))
        {
            var values = new float[weight.Count];
            weight.Unpack(trainer.Weights.Values, values);
            var length = values.Length / weight.Shape[0];
            var isSame = weight.Shape[0] > 1 && Enumerable.Range(1, weight.Shape[0] - 1).All(row => values.AsSpan(row * length, length).SequenceEqual(values.AsSpan(0, length)));
            if (isSame)
            {
                yield return new Finding(
                    FindingKind.SymmetricWeights,
                    Text($"All {weight.Shape[0]} outputs of {weight.Name} have the same weights, so they compute the same and get the same gradients."),
                    "Random initial weights (the default) make units different.",
                    weight.Layer);
            }
        }
    }

    private static IEnumerable<Finding> TinyBatches(Trainer trainer)
    {
        var norm = trainer.Description.Layers.FirstOrDefault(layer => layer.Kind.StartsWith("BatchNorm", StringComparison.Ordinal));
        if (norm is not null && trainer.BatchSize < TinyBatch)
        {
            yield return new Finding(
                FindingKind.TinyBatchStatistics,
                Text($"{norm.Name} takes mean and variance from batches of {trainer.BatchSize} samples; of less than {TinyBatch} they say little."),
                "Larger batches, or LayerNorm or GroupNorm, which do not depend on the batch.",
                norm.Name);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
