using System.Reflection;
using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet.Reference.Comparison;

/// <summary>
/// Holds what <see cref="ITrainableNetwork{TSelf}.TraceStep"/> shows of a network against the reference: outputs and gradients of
/// every layer, for a full batch and a smaller one, with one thread and with two.
/// </summary>
public static class StepTraceComparison
{
    /// <summary>Compares a network that keeps its values.</summary>
    /// <param name="network">A generated class, of any assembly.</param>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport Compare(Type network, int seed) => (ComparisonReport)typeof(StepTraceComparison)
        .GetMethod(nameof(CompareNetwork), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(network)
        .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [seed], culture: null)!;

    private static ComparisonReport CompareNetwork<TNetwork>(int seed)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var report = new ComparisonReport(typeof(TNetwork).Name);
        var reference = ReferenceNetwork.Of(typeof(TNetwork));
        var random = new Random(seed);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var network = TNetwork.Create((ulong)seed);
        // The reference knows no noise, which is off together with dropout.
        network.DropoutEnabled = !TNetwork.Description.Layers.Any(layer => layer.Kind.StartsWith("GaussianNoise", StringComparison.Ordinal));
        using var pool = new WorkerPool(2);
        var parallel = new ParallelStep<TNetwork>(network, pool);
        var options = new ComparisonOptions();
        var full = Math.Min(TNetwork.BatchSize, options.LargestBatch);
        foreach (var count in new[] { full, random.Next(1, full + 1) }.Distinct())
        {
            var batch = ReferenceData.RandomBatch(reference, parameters, random, count, options.KinkDistance) with
            {
                SampleWeights = [.. Enumerable.Range(0, count).Select(_ => (double)(random.NextSingle() + 0.25f))],
            };
            var floats = new FloatBatch(batch);
            GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, network.Weights.Edit());
            network.TrainBatch(floats.All);
            var one = StepValues.Of(network, count);

            GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, network.Weights.Edit());
            parallel.TrainBatch(floats.All);
            report.Require(one.HasSameBits(StepValues.Of(network, count)), $"Two threads leave other values than one, batch of {count}.");

            var expected = reference.Layers(parameters, batch with { Dropout = network.DropoutEnabled ? one.Kept : null });
            Compare(report, options, one, expected, $", batch of {count}");
        }

        return report;
    }

    private static void Compare(
        ComparisonReport report,
        ComparisonOptions options,
        StepValues values,
        Dictionary<string, (double[][] Values, double[][]? Gradients)> expected,
        string suffix)
    {
        report.Require(values.All.Count > 0, "No layer was shown.");
        var largest = expected.Values.SelectMany(layer => layer.Gradients ?? []).SelectMany(sample => sample).Select(Math.Abs).DefaultIfEmpty(0).Max();
        foreach (var ((layer, kind), samples) in values.All)
        {
            var (outputs, gradients) = expected[layer];
            var isOutput = kind == StepValue.Output;
            if (!isOutput && gradients is null)
                continue;
            report.Compare(
                $"{kind} of {layer}{suffix}",
                [.. (isOutput ? outputs : gradients!).SelectMany(sample => sample)],
                [.. samples.SelectMany(sample => sample)],
                isOutput ? options.OutputTolerance : options.GradientTolerance,
                isOutput ? 0.1 : options.SmallestGradient * largest);
        }
    }
}
