using System.Globalization;
using StaticNet.Data;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>Counts the samples of each class of a loss, and says which classes have none.</summary>
/// <remarks>
/// Of binary losses only those of one output are looked at, and targets of 0 and 1 (or −1): many outputs, or shares in between, are as often
/// pixels to be given back as classes.
/// </remarks>
internal static class MissingClasses
{
    private const int MostOfChunk = 1024;
    private const int ChunkLength = 1 << 16;
    private const int MostNamed = 8;

    /// <summary>The warnings about some samples; none if targets are not classes, or not valid ones.</summary>
    /// <param name="description">The network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="what">What they are for, <c>training</c> or <c>validation</c>.</param>
    /// <param name="consequence">What it means where one has none.</param>
    public static IEnumerable<string> Find(NetworkDescription description, DataSource data, string what, string consequence)
    {
        for (var index = 0; index < description.Losses.Length; index++)
        {
            var loss = description.Losses[index];
            if (ClassDecision.Of(loss) is not { } decision || (decision.IsBinary && decision.PerSample > 1) || Count(description, data, loss, decision) is not { } counts)
                continue;
            var missing = counts.Index().Where(count => count.Item == 0).Select(count => count.Index).ToArray();
            if (missing.Length == 0)
                continue;
            var of = description.Losses.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" of loss {index}");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Names(missing)}{of} {(missing.Length == 1 ? "has" : "have")} no sample among the {data.Count:N0} {what} samples: {consequence} " +
                $"Split(…, stratified: true) divides samples class by class.");
        }
    }

    private static string Names(int[] missing)
    {
        var named = string.Join(", ", missing.Take(MostNamed).Select(index => index.ToString(CultureInfo.InvariantCulture)));
        return $"{(missing.Length == 1 ? "Class" : "Classes")} {named}{(missing.Length > MostNamed ? $" and {missing.Length - MostNamed} more" : "")}";
    }

    /// <summary>The samples of each class that count; null if targets are not classes, or not valid ones.</summary>
    public static long[]? Count(NetworkDescription description, DataSource data, LossDescription loss, ClassDecision decision)
    {
        var counts = new long[decision.ClassCount];
        var samples = new int[Math.Clamp(ChunkLength / data.TargetLength, 1, MostOfChunk)];
        var (targets, weights) = (new float[samples.Length * data.TargetLength], new float[samples.Length]);
        var lengths = new int[data.SequenceSteps > 0 ? samples.Length : 0];
        var rowLength = data.TargetLength / description.OutputSteps;
        for (var start = 0; start < data.Count; start += samples.Length)
        {
            var chunk = samples.AsSpan(0, Math.Min(samples.Length, data.Count - start));
            for (var place = 0; place < chunk.Length; place++)
                chunk[place] = start + place;
            data.GatherTargets(chunk, targets.AsSpan(0, chunk.Length * data.TargetLength));
            data.GatherSampleWeights(chunk, weights.AsSpan(0, chunk.Length));
            if (lengths.Length > 0)
                data.GatherSequenceLengths(chunk, lengths.AsSpan(0, chunk.Length));
            for (var row = 0; row < chunk.Length * description.OutputSteps; row++)
            {
                var isMissing = description.OutputSteps > 1 && lengths.Length > 0 && row % description.OutputSteps >= description.OutputStepsOf(lengths[row / description.OutputSteps]);
                if (isMissing || weights[row / description.OutputSteps] == 0)
                    continue;
                if (!Count(targets.AsSpan((row * rowLength) + loss.TargetOffset, loss.TargetLength), decision, loss.TargetIsIndex, counts))
                    return null;
            }
        }

        return counts;
    }

    /// <returns>Whether the target is a class; the loss refuses one that is none.</returns>
    private static bool Count(ReadOnlySpan<float> target, ClassDecision decision, bool isIndex, long[] counts)
    {
        if (DivergenceCause.FirstNotFinite(target) >= 0
            || (isIndex && !(target[0] >= 0 && target[0] < decision.ClassCount))
            || (decision.IsBinary && target[0] is not (0 or 1 or -1)))
        {
            return false;
        }

        counts[decision.Actual(target, 0)]++;
        return true;
    }
}
