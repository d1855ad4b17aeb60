using System.Reflection;

namespace StaticNet.Reference.Comparison;

/// <summary>Holds generated networks against the reference, with random parameters, samples, targets and weights.</summary>
public static class NetworkComparison
{
    /// <summary>The share of the largest gradient below which one is zero but for the reference's own rounding.</summary>
    private const double StructuralZero = 1e-10;

    /// <summary>Compares everything of a network that trains, or the outputs of one that does not.</summary>
    /// <param name="network">A generated class, of any assembly.</param>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <param name="options">Tolerances.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport Compare(Type network, int seed, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var name = GeneratedNetwork.Trains(network) ? nameof(CompareTraining) : nameof(CompareInference);
        return (ComparisonReport)typeof(NetworkComparison)
            .GetMethod(name)!
            .MakeGenericMethod(network)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [seed, options, null], culture: null)!;
    }

    /// <summary>Compares names, shapes and outputs of a network.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="reference">The reference; null reads it from the class.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport CompareInference<TNetwork>(
        int seed, ComparisonOptions? options = null, ReferenceNetwork? reference = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        var scene = new Scene(typeof(TNetwork), seed, options, reference);
        DescriptionComparison.Compare<TNetwork>(scene.Report, scene.Reference);
        if (scene.Report.Passed)
            CompareForward<TNetwork>(scene);
        return scene.Report;
    }

    /// <summary>
    /// Compares names, shapes, outputs, losses, gradients and running statistics, for one sample, some and a full batch; checks
    /// that padding stays zero, that micro-batches add up, and that phases may be split anyhow.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="seed">The seed of parameters and samples.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="reference">The reference; null reads it from the class.</param>
    /// <returns>What agrees and what does not.</returns>
    public static ComparisonReport CompareTraining<TNetwork>(
        int seed, ComparisonOptions? options = null, ReferenceNetwork? reference = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var scene = new Scene(typeof(TNetwork), seed, options, reference);
        DescriptionComparison.Compare<TNetwork>(scene.Report, scene.Reference);
        DescriptionComparison.CompareTraining<TNetwork>(scene.Report, scene.Reference);
        if (!scene.Report.Passed)
            return scene.Report;

        CompareForward<TNetwork>(scene);
        var network = Network<TNetwork>(scene);
        network.DropoutEnabled = false;
        var full = Math.Min(TNetwork.BatchSize, scene.Options.LargestBatch);
        foreach (var count in new[] { full, scene.Random.Next(1, full + 1), 1 }.Distinct())
        {
            var batch = scene.Batch(count);
            if (count != full)
                batch = batch with { Scale = 0.25, SampleWeights = scene.SampleWeights(count), SequenceLengths = scene.TakesLengths ? scene.SequenceLengths(count) : null };
            CompareBatch(scene, network, batch);
            PhaseComparison.Check(scene.Report, network, new FloatBatch(batch), scene.Random);
        }

        return scene.Report;
    }

    private static TNetwork Network<TNetwork>(Scene scene)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create((ulong)scene.Seed);
        CheckPadding(scene, "the first parameters", TNetwork.ParameterTable, network.Weights.Values);
        GeneratedParameters.Pack(TNetwork.ParameterTable, scene.Parameters, network.Weights.Edit());
        return network;
    }

    private static void CompareForward<TNetwork>(Scene scene)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = Network<TNetwork>(scene);
        var batch = scene.Batch(scene.Options.LargestBatch);
        var expected = scene.Outputs(batch);
        var floats = new FloatBatch(batch);
        var (input, output) = (scene.Reference.InputLength, scene.Reference.OutputLength);

        var actual = new float[expected.Length];
        for (var sample = 0; sample < floats.Count; sample++)
            network.Forward(floats.Inputs.Slice(sample * input, input), actual.AsSpan(sample * output, output));
        CompareOutputs("Forward");

        network.ForwardBatch(floats.Inputs, actual, floats.Count);
        CompareOutputs("ForwardBatch");

        network.ShareWeights().ForwardBatch(floats.Inputs, actual, floats.Count);
        CompareOutputs("ForwardBatch of ShareWeights");

        if (scene.Reference.Steps > 1)
        {
            var lengths = scene.SequenceLengths(floats.Count);
            expected = scene.Outputs(batch with { SequenceLengths = lengths });
            network.ForwardBatch(floats.Inputs, actual, floats.Count, lengths);
            CompareOutputs("ForwardBatch of sequences of different lengths");
        }

        void CompareOutputs(string name)
        {
            scene.Report.Compare(name, expected, GeneratedParameters.Doubles(actual), scene.Options.OutputTolerance, 0);
            Array.Fill(actual, float.NaN);
        }
    }

    private static void CompareBatch<TNetwork>(Scene scene, TNetwork network, ReferenceBatch batch)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var floats = new FloatBatch(batch);
        var suffix = $", batch of {floats.Count}";
        var expectedOutputs = scene.Outputs(batch);

        var floatOutputs = new float[expectedOutputs.Length];
        var tolerance = scene.Options.OutputTolerance;
        CompareEvaluation(scene.Parameters, expectedOutputs, "");

        var expected = scene.Step(batch);
        CompareLoss("TrainBatch loss", expected.Loss, network.TrainBatch(floats.All));
        var inputGradients = InputGradientComparison.Of(network, floats.Count);
        if (inputGradients is not null)
        {
            var ofInputs = scene.Reference.InputGradients(scene.Parameters, batch);
            // As with the parameters': what a batch norm of one sample makes zero is the rounding of terms that cancel.
            var largest = expected.Gradients.Values.Append(ofInputs).SelectMany(values => values).Max(Math.Abs);
            var isZero = ofInputs.All(value => Math.Abs(value) < StructuralZero * largest);
            var scale = isZero ? largest : largest * scene.Options.SmallestGradient;
            scene.Report.Compare("gradients of the inputs" + suffix, ofInputs, inputGradients, scene.Options.GradientTolerance, scale);
        }

        if (expected.Statistics.Count > 0)
        {
            // Nothing has touched the weights from outside: the network has to know by itself that its statistics have moved.
            var moved = scene.Moved(expected);
            CompareEvaluation(moved, scene.Outputs(batch, moved), " after a step");
        }

        CompareStep(scene, network, expected, suffix);
        if (floats.Count == 1)
            return;

        var half = floats.Count / 2;
        var first = network.TrainBatch(floats.Part(0, half, accumulate: false));
        var second = network.TrainBatch(floats.Part(half, floats.Count, accumulate: true));
        var expectedOfTwo = scene.Step(batch.Halves());
        CompareLoss("loss of two micro-batches", expectedOfTwo.Loss, first + second);
        CompareStep(scene, network, expectedOfTwo, suffix + " in two micro-batches");

        // The outputs of a single sample may be all but cancelled, so they count as a tenth of what figures are here: one.
        void CompareEvaluation(Dictionary<string, double[]> parameters, double[] expectedFigures, string when)
        {
            var evaluated = network.EvaluateBatch(floats.All, floatOutputs);
            var outputs = GeneratedParameters.Doubles(floatOutputs);
            scene.Report.Compare($"EvaluateBatch outputs{when}{suffix}", expectedFigures, outputs, tolerance, 0.1);
            CompareLoss("EvaluateBatch loss" + when, scene.Reference.Loss(parameters, batch), evaluated);
            if (when.Length == 0)
                return;

            var first = floatOutputs.AsSpan(0, scene.Reference.OutputLength);
            network.ForwardBatch(floats.Inputs[..scene.Reference.InputLength], first, 1, batch.SequenceLengths.AsSpan(0, batch.SequenceLengths is null ? 0 : 1));
            scene.Report.Compare(
                $"Forward{when}{suffix}", expectedFigures[..first.Length], GeneratedParameters.Doubles(first), tolerance, 0.1);
        }

        void CompareLoss(string name, double expectedLoss, float actual) =>
            scene.Report.Compare(name + suffix, [expectedLoss], [actual], tolerance, 0.1 * batch.Scale);
    }

    /// <summary>Compares what a step leaves, and takes the parameters back to what they were before it.</summary>
    private static void CompareStep<TNetwork>(Scene scene, TNetwork network, StepResult expected, string suffix)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var statistics = GeneratedParameters.UnpackStatistics(TNetwork.ParameterTable, network.Weights.Values);
        foreach (var (name, values) in expected.Statistics)
            scene.Report.Compare(name + suffix, values, statistics[name], scene.Options.OutputTolerance, 0.1);
        CompareGradients(scene, network, expected.Gradients, suffix);
        GeneratedParameters.Pack(TNetwork.ParameterTable, scene.Parameters, network.Weights.Edit());
    }

    private static void CompareGradients<TNetwork>(
        Scene scene, TNetwork network, Dictionary<string, double[]> expected, string suffix)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        CheckPadding(scene, "the parameters" + suffix, TNetwork.ParameterTable, network.Parameters);
        CheckPadding(scene, "the gradients" + suffix, TNetwork.ParameterTable, network.Gradients);
        var actual = GeneratedParameters.UnpackTrainable(TNetwork.ParameterTable, network.Gradients);
        var largest = expected.Values.SelectMany(values => values).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var smallestScale = scene.Options.SmallestGradient * largest;
        foreach (var (name, values) in expected)
        {
            var tensor = $"gradient of {name}{suffix}";
            // What a batch norm behind it makes zero is the rounding of terms that cancel, as large as those are.
            var isZero = values.All(value => Math.Abs(value) < StructuralZero * largest);
            scene.Report.Compare(tensor, values, actual[name], scene.Options.GradientTolerance, isZero ? largest : smallestScale);
        }
    }

    private static void CheckPadding(Scene scene, string what, ParameterTable table, ReadOnlySpan<float> packed)
    {
        var dirty = GeneratedParameters.DirtyPadding(table, packed);
        if (dirty >= 0)
            scene.Report.Fail($"The padding of {what} is not zero at {dirty}: {packed[dirty]}.");
    }

    /// <summary>What a training step gives by the reference.</summary>
    private sealed record StepResult(double Loss, Dictionary<string, double[]> Gradients, Dictionary<string, double[]> Statistics);

    /// <summary>What one comparison works on.</summary>
    private sealed class Scene
    {
        public Scene(Type network, int seed, ComparisonOptions? options, ReferenceNetwork? reference)
        {
            Seed = seed;
            Options = options ?? new ComparisonOptions();
            Reference = reference ?? ReferenceNetwork.Of(network);
            Report = new ComparisonReport(network.Name);
            Random = new Random(seed);
            Parameters = ReferenceData.RandomParameters(Reference, Random);
        }

        public int Seed { get; }

        public ComparisonOptions Options { get; }

        public ReferenceNetwork Reference { get; }

        public ComparisonReport Report { get; }

        public Random Random { get; }

        public Dictionary<string, double[]> Parameters { get; }

        public ReferenceBatch Batch(int count) =>
            ReferenceData.RandomBatch(Reference, Parameters, Random, count, Options.KinkDistance);

        /// <summary>A step of one micro-batch or more, each of which finds the statistics as the one before it left them.</summary>
        public StepResult Step(params ReferenceBatch[] batches)
        {
            var parameters = new Dictionary<string, double[]>(Parameters);
            var loss = 0.0;
            var gradients = new Dictionary<string, double[]>();
            foreach (var batch in batches)
            {
                loss += Reference.TrainingLoss(parameters, batch);
                foreach (var (name, gradient) in Reference.Gradients(parameters, batch))
                    gradients[name] = gradients.TryGetValue(name, out var sum) ? [.. sum.Zip(gradient, (a, b) => a + b)] : gradient;
                foreach (var (name, values) in Reference.Statistics(parameters, batch))
                    parameters[name] = values;
            }

            var statistics = Reference.Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic);
            return new StepResult(loss, gradients, statistics.ToDictionary(parameter => parameter.Name, parameter => parameters[parameter.Name]));
        }

        /// <summary>Whether sequences of different lengths can be trained: a batch norm takes the mean of all steps.</summary>
        public bool TakesLengths => Reference.Steps > 1 && !Reference.CouplesSamples;

        public int[] SequenceLengths(int count) => [.. Enumerable.Range(0, count).Select(_ => Reference.TotalStride * Random.Next(1, (Reference.Steps / Reference.TotalStride) + 1))];

        public double[] SampleWeights(int count) => [.. Enumerable.Range(0, count).Select(_ => Random.NextSingle() + 0.25f)];

        /// <summary>The parameters with the statistics that a step has left.</summary>
        public Dictionary<string, double[]> Moved(StepResult step)
        {
            var moved = new Dictionary<string, double[]>(Parameters);
            foreach (var (name, values) in step.Statistics)
                moved[name] = values;
            return moved;
        }

        public double[] Outputs(ReferenceBatch batch) => Outputs(batch, Parameters);

        public double[] Outputs(ReferenceBatch batch, Dictionary<string, double[]> parameters) =>
            [.. batch.Inputs.SelectMany((input, sample) => Reference.Forward(parameters, input, length: batch.SequenceLengths?[sample]))];
    }
}
