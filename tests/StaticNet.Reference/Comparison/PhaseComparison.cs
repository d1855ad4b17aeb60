namespace StaticNet.Reference.Comparison;

/// <summary>Holds a training step by phases, split at random and run backwards, against the same step in one call.</summary>
internal static class PhaseComparison
{
    public static void Check<TNetwork>(ComparisonReport report, TNetwork network, FloatBatch floats, Random random)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var batch = floats.All;
        float[] before = [.. network.Weights.Values];
        var loss = network.TrainBatch(batch);
        float[] gradients = [.. network.Gradients];
        float[] after = [.. network.Weights.Values];
        before.CopyTo(network.Weights.Edit());
        Spoil<TNetwork>(network.Gradients);

        TNetwork.CheckBatch(batch);
        for (var phase = 0; phase < TNetwork.PhaseCount; phase++)
        {
            for (var end = network.PhaseLength(phase, batch.Count); end > 0;)
            {
                var begin = random.Next(end);
                network.RunPhase(phase, begin, end, batch);
                end = begin;
            }
        }

        var suffix = $" of phases in parts, batch of {batch.Count},";
        report.Require(
            network.BatchLoss(batch).Equals(loss),
            $"The loss{suffix} is {network.BatchLoss(batch)}, but {loss} from TrainBatch.");
        RequireSame("gradients", gradients, network.Gradients);
        RequireSame("weights", after, network.Weights.Values);
        before.CopyTo(network.Weights.Edit());

        void RequireSame(string what, float[] expected, ReadOnlySpan<float> actual)
        {
            for (var index = 0; index < expected.Length; index++)
            {
                if (actual[index].Equals(expected[index]))
                    continue;
                report.Fail($"The {what}{suffix} differ at {index}: {actual[index]}, but {expected[index]} from TrainBatch.");
                return;
            }
        }
    }

    // What phases do not store stays no number; padding is zero from the start, and no phase has to write it.
    private static void Spoil<TNetwork>(Span<float> gradients)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        foreach (var parameter in TNetwork.ParameterTable.Parameters)
        {
            if (!parameter.Trainable)
                continue;
            var logical = new float[parameter.Count];
            Array.Fill(logical, float.NaN);
            parameter.Pack(logical, gradients);
        }
    }
}
