namespace StaticNet.Reference;

/// <summary>Random parameters and samples for a network. Every number is a float, so that both precisions get the same.</summary>
public static class ReferenceData
{
    private const int Attempts = 100;

    // A batch whose samples look at each other has to be far from kinks as a whole, which costs a pass each time.
    private const int BatchAttempts = 30;

    /// <summary>Draws every parameter, slopes, biases and statistics too.</summary>
    public static Dictionary<string, double[]> RandomParameters(ReferenceNetwork network, Random random)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        return network.Parameters.ToDictionary(parameter => parameter.Name, parameter => RandomValues(parameter, random));
    }

    /// <summary>Draws samples and targets, if they are found no nearer to a kink than <paramref name="kinkDistance"/>.</summary>
    /// <remarks>
    /// That holds for each sample as at inference and, where samples depend on each other, for training steps on the whole batch
    /// and on each half of it.
    /// </remarks>
    public static ReferenceBatch RandomBatch(
        ReferenceNetwork network, IReadOnlyDictionary<string, double[]> parameters, Random random, int count, double kinkDistance)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        var best = RandomSamples(network, parameters, random, count, kinkDistance);
        if (!network.CouplesSamples || network.Losses.Count == 0)
            return best;

        var bestDistance = Distance(best);
        for (var attempt = 1; attempt < BatchAttempts && bestDistance < kinkDistance; attempt++)
        {
            var batch = RandomSamples(network, parameters, random, count, kinkDistance);
            var distance = Distance(batch);
            if (distance > bestDistance)
                (best, bestDistance) = (batch, distance);
        }

        return best;

        double Distance(ReferenceBatch batch) =>
            batch.Halves().Append(batch).Min(part => network.TrainingKinkDistance(parameters, part));
    }

    private static double[] RandomValues(ReferenceParameter parameter, Random random)
    {
        var values = parameter.Kind switch
        {
            ParameterKind.Gain or ParameterKind.Magnitude => Around(1),
            ParameterKind.Coefficient => Around(parameter.Start!.Value),
            ParameterKind.Statistic when parameter.Name.EndsWith("running_var", StringComparison.Ordinal) => Around(1),
            ParameterKind.Statistic when parameter.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal) =>
                [random.Next(20)],
            _ when parameter.Shape.Count > 1 => Uniform(
                random, parameter.Length, Math.Sqrt(3.0 / (parameter.Length / parameter.Shape[0]))),
            _ => Uniform(random, parameter.Length, 0.5),
        };
        for (var index = 0; index < values.Length && parameter.Connected is not null; index++)
        {
            if (!parameter.Connected[index])
                values[index] = 0;
        }

        return values;

        double[] Around(double middle) => Array.ConvertAll(
            Uniform(random, parameter.Length, 0.5), value => (double)(float)(middle * (1 + value)));
    }

    private static ReferenceBatch RandomSamples(
        ReferenceNetwork network, IReadOnlyDictionary<string, double[]> parameters, Random random, int count, double kinkDistance)
    {
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
            double[] target = [.. Enumerable.Range(0, network.OutputSteps).SelectMany(_ => network.Losses.SelectMany(loss => loss.RandomTarget(random)))];
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
