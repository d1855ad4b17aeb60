namespace StaticNet.Reference;

/// <summary>Random parameters and samples for a network. Every number is a float, so that both precisions get the same.</summary>
public static class ReferenceData
{
    private const int Attempts = 100;

    /// <summary>Draws every parameter, slopes and biases too.</summary>
    public static Dictionary<string, double[]> RandomParameters(ReferenceNetwork network, Random random)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        var result = new Dictionary<string, double[]>();
        foreach (var parameter in network.Parameters)
        {
            var bound = parameter.Shape.Count == 2 ? Math.Sqrt(3.0 / parameter.Shape[1]) : 0.5;
            result.Add(parameter.Name, Uniform(random, parameter.Length, bound));
        }

        return result;
    }

    /// <summary>Draws samples and targets, if they are found no nearer to a kink than <paramref name="kinkDistance"/>.</summary>
    public static ReferenceBatch RandomBatch(
        ReferenceNetwork network, IReadOnlyDictionary<string, double[]> parameters, Random random, int count, double kinkDistance)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        var samples = new (double[] Input, double[] Target)[count];
        for (var sample = 0; sample < count; sample++)
            samples[sample] = RandomSample(network, parameters, random, kinkDistance);
        return new ReferenceBatch([.. samples.Select(sample => sample.Input)], [.. samples.Select(sample => sample.Target)]);
    }

    private static (double[] Input, double[] Target) RandomSample(
        ReferenceNetwork network, IReadOnlyDictionary<string, double[]> parameters, Random random, double kinkDistance)
    {
        var best = (Input: Array.Empty<double>(), Target: Array.Empty<double>());
        var bestDistance = double.NegativeInfinity;
        for (var attempt = 0; attempt < Attempts && bestDistance < kinkDistance; attempt++)
        {
            var input = Uniform(random, network.InputLength, 2);
            double[] target = [.. network.Losses.SelectMany(loss => loss.RandomTarget(random))];
            var distance = network.KinkDistance(parameters, input, target);
            if (distance > bestDistance)
                (best, bestDistance) = ((input, target), distance);
        }

        return best;
    }

    private static double[] Uniform(Random random, int length, double bound)
    {
        var values = new double[length];
        for (var index = 0; index < length; index++)
            values[index] = (float)(bound * ((2 * random.NextDouble()) - 1));
        return values;
    }
}
