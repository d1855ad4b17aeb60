using System.Reflection;

namespace StaticNet.Reference.Comparison;

/// <summary>Holds generated networks against the reference, with random parameters, samples, targets and sample weights.</summary>
public static class NetworkComparison
{
    /// <summary>Compares everything of a network that trains, or the outputs of one that does not.</summary>
    /// <param name="network">A generated class, of any assembly.</param>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <param name="options">Tolerances.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport Compare(Type network, int seed, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var method = typeof(NetworkComparison).GetMethod(GeneratedNetwork.Trains(network) ? nameof(CompareTraining) : nameof(CompareInference))!;
        return (ComparisonReport)method
            .MakeGenericMethod(network)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [seed, options, null], culture: null)!;
    }

    /// <summary>Compares names, shapes and outputs of a network.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="reference">The reference; null reads it from the class.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport CompareInference<TNetwork>(int seed, ComparisonOptions? options = null, ReferenceNetwork? reference = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        reference ??= ReferenceNetwork.Of(typeof(TNetwork));
        options ??= new ComparisonOptions();
        var report = new ComparisonReport(typeof(TNetwork).Name);
        CompareDescription<TNetwork>(report, reference);
        if (!report.Passed)
            return report;

        var random = new Random(seed);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var network = TNetwork.Create((ulong)seed);
        CheckPadding(report, "the first parameters", TNetwork.ParameterTable, network.Weights.Span);
        GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, network.Weights.Span);
        var batch = ReferenceData.RandomBatch(reference, parameters, random, options.LargestBatch, options.KinkDistance);
        CompareForward(report, network, reference, parameters, batch, options);
        return report;
    }

    /// <summary>
    /// Compares names, shapes, outputs, losses and gradients, for one sample, some and a full batch; checks that padding stays
    /// zero, that micro-batches add up, and that phases may be split anyhow.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="reference">The reference; null reads it from the class.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport CompareTraining<TNetwork>(int seed, ComparisonOptions? options = null, ReferenceNetwork? reference = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        reference ??= ReferenceNetwork.Of(typeof(TNetwork));
        options ??= new ComparisonOptions();
        var report = CompareInference<TNetwork>(seed, options, reference);
        CompareTrainingDescription<TNetwork>(report, reference);
        if (report.Problems.Count > 0)
            return report;

        var random = new Random(seed);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var network = TNetwork.Create((ulong)seed);
        network.DropoutEnabled = false;
        GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, network.Weights.Span);

        var full = Math.Min(TNetwork.BatchSize, options.LargestBatch);
        foreach (var count in new[] { full, random.Next(1, full + 1), 1 }.Distinct())
        {
            var batch = ReferenceData.RandomBatch(reference, parameters, random, count, options.KinkDistance);
            if (count != full)
                batch = batch with { Scale = 0.25, SampleWeights = [.. batch.Inputs.Select(_ => (double)(random.NextSingle() + 0.25f))] };
            CompareBatch(report, network, reference, parameters, batch, options);
            PhaseComparison.Check(report, network, new FloatBatch(batch), random);
        }

        return report;
    }

    private static void CompareDescription<TNetwork>(ComparisonReport report, ReferenceNetwork reference)
        where TNetwork : class, INetwork<TNetwork>
    {
        var description = TNetwork.Description;
        var table = TNetwork.ParameterTable;
        report.Require(description.InputShape.SequenceEqual(reference.InputShape), $"The input's shape is {Text(description.InputShape)}, expected {Text(reference.InputShape)}.");
        report.Require(description.OutputShape.SequenceEqual(reference.OutputShape), $"The output's shape is {Text(description.OutputShape)}, expected {Text(reference.OutputShape)}.");
        report.Require(table.Parameters.Length == reference.Parameters.Count, $"There are {table.Parameters.Length} parameters, expected {reference.Parameters.Count}.");
        report.Require(description.ParameterCount == table.Count, $"The layers have {description.ParameterCount} parameters, the table {table.Count}.");
        foreach (var expected in reference.Parameters)
        {
            if (!table.TryGet(expected.Name, out var parameter))
                report.Fail($"There is no parameter {expected.Name}.");
            else if (!parameter.Shape.SequenceEqual(expected.Shape))
                report.Fail($"{expected.Name} has the shape {Text(parameter.Shape)}, expected {Text(expected.Shape)}.");
        }
    }

    private static void CompareTrainingDescription<TNetwork>(ComparisonReport report, ReferenceNetwork reference)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        report.Require(
            TNetwork.Description.TargetLength == reference.TargetLength,
            $"A sample has {TNetwork.Description.TargetLength} targets, expected {reference.TargetLength}.");
        foreach (var expected in reference.Parameters)
        {
            if (TNetwork.ParameterTable.TryGet(expected.Name, out var parameter))
                report.Require(parameter.Trainable == expected.Trainable, $"{expected.Name}: trainable is {parameter.Trainable}, expected {expected.Trainable}.");
        }
    }

    private static void CompareForward<TNetwork>(
        ComparisonReport report, TNetwork network, ReferenceNetwork reference, Dictionary<string, double[]> parameters, ReferenceBatch batch, ComparisonOptions options)
        where TNetwork : class, INetwork<TNetwork>
    {
        var expected = Outputs(reference, parameters, batch);
        var floats = new FloatBatch(batch);
        var (inputLength, outputLength) = (reference.InputLength, reference.OutputLength);

        var one = new float[expected.Length];
        for (var sample = 0; sample < floats.Count; sample++)
            network.Forward(floats.Inputs.Slice(sample * inputLength, inputLength), one.AsSpan(sample * outputLength, outputLength));
        report.Compare("Forward", expected, GeneratedParameters.Doubles(one), options.OutputTolerance, 0);

        var many = new float[expected.Length];
        network.ForwardBatch(floats.Inputs, many, floats.Count);
        report.Compare("ForwardBatch", expected, GeneratedParameters.Doubles(many), options.OutputTolerance, 0);

        Array.Fill(many, float.NaN);
        network.ShareWeights().ForwardBatch(floats.Inputs, many, floats.Count);
        report.Compare("ForwardBatch of ShareWeights", expected, GeneratedParameters.Doubles(many), options.OutputTolerance, 0);
    }

    private static void CompareBatch<TNetwork>(
        ComparisonReport report, TNetwork network, ReferenceNetwork reference, Dictionary<string, double[]> parameters, ReferenceBatch batch, ComparisonOptions options)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var floats = new FloatBatch(batch);
        var suffix = $", batch of {floats.Count}";
        var expectedOutputs = Outputs(reference, parameters, batch);
        var expectedLoss = reference.Loss(parameters, batch);
        var expectedGradients = reference.Gradients(parameters, batch);

        // One sample's outputs may be all but cancelled, so they are taken on the scale of figures in a network: one.
        var outputs = new float[expectedOutputs.Length];
        var evaluated = network.EvaluateBatch(floats.All, outputs);
        report.Compare("EvaluateBatch outputs" + suffix, expectedOutputs, GeneratedParameters.Doubles(outputs), options.OutputTolerance, 0.1);
        report.Compare("EvaluateBatch loss" + suffix, [expectedLoss], [evaluated], options.OutputTolerance, 0.1 * batch.Scale);

        var trained = network.TrainBatch(floats.All);
        report.Compare("TrainBatch loss" + suffix, [expectedLoss], [trained], options.OutputTolerance, 0.1 * batch.Scale);
        CompareGradients(report, network, expectedGradients, suffix, options);
        if (floats.Count == 1)
            return;

        var half = floats.Count / 2;
        var sum = network.TrainBatch(floats.Part(0, half, accumulate: false)) + network.TrainBatch(floats.Part(half, floats.Count, accumulate: true));
        report.Compare("loss of two micro-batches" + suffix, [expectedLoss], [sum], options.OutputTolerance, 0.1 * batch.Scale);
        CompareGradients(report, network, expectedGradients, suffix + " in two micro-batches", options);
    }

    private static void CompareGradients<TNetwork>(
        ComparisonReport report, TNetwork network, Dictionary<string, double[]> expected, string suffix, ComparisonOptions options)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        CheckPadding(report, "the parameters" + suffix, TNetwork.ParameterTable, network.Parameters);
        CheckPadding(report, "the gradients" + suffix, TNetwork.ParameterTable, network.Gradients);
        var actual = GeneratedParameters.UnpackTrainable(TNetwork.ParameterTable, network.Gradients);
        var largest = expected.Values.SelectMany(values => values).Select(Math.Abs).DefaultIfEmpty(0).Max();
        foreach (var (name, values) in expected)
            report.Compare($"gradient of {name}{suffix}", values, actual[name], options.GradientTolerance, options.SmallestGradient * largest);
    }

    private static void CheckPadding(ComparisonReport report, string what, ParameterTable table, ReadOnlySpan<float> packed)
    {
        var dirty = GeneratedParameters.DirtyPadding(table, packed);
        if (dirty >= 0)
            report.Fail($"The padding of {what} is not zero at {dirty}: {packed[dirty]}.");
    }

    private static double[] Outputs(ReferenceNetwork reference, Dictionary<string, double[]> parameters, ReferenceBatch batch) =>
        [.. batch.Inputs.SelectMany(input => reference.Forward(parameters, input))];

    private static string Text(IEnumerable<int> shape) => string.Join("×", shape);
}
