using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Golden;

/// <summary>Holds a network against the figures of its golden file.</summary>
public static class GoldenComparison
{
    private const double LearningRate = 0.1;
    private const int Steps = 3;

    /// <param name="name">The network's name.</param>
    /// <param name="network">The reference, or a generated network.</param>
    /// <param name="tolerance">The largest error, relative to a tensor's largest magnitude.</param>
    /// <param name="group">The group of networks that it belongs to.</param>
    public static ComparisonReport Compare(string name, INetworkUnderTest network, double tolerance, string group = "")
    {
        var golden = GoldenFile.Read(name, group);
        var report = new ComparisonReport(name);
        network.SetParameters(golden.Parameters);
        var outputs = golden.Inputs.Select((input, sample) => network.Forward(input, golden.SequenceLengths?[sample]));
        report.Compare("output", golden.Specified(golden.Outputs), golden.Specified(outputs), tolerance, 0);
        if (golden.Trains)
            CompareTraining(report, golden, (ITrainableUnderTest)network, tolerance);
        return report;
    }

    private static void CompareTraining(ComparisonReport report, GoldenFile golden, ITrainableUnderTest network, double tolerance)
    {
        report.Compare("loss of evaluation", [golden.Loss], [network.Evaluate(golden.Batch)], tolerance, 0);
        var (loss, gradients) = network.Train(golden.Batch);
        report.Compare("loss of training", [golden.TrainingLoss], [loss], tolerance, 0);
        if (golden.InputGradients is { } ofInputs)
            report.Compare("gradients of the inputs", ofInputs, network.InputGradients(golden.Batch) ?? [], tolerance, 0);

        var expected = golden.Gradients;
        report.Require(
            expected.Keys.Order().SequenceEqual(gradients.Keys.Order()),
            $"There are gradients of {string.Join(", ", gradients.Keys)}; expected {string.Join(", ", expected.Keys)}.");
        foreach (var (parameter, gradient) in expected.Where(pair => gradients.ContainsKey(pair.Key)))
            report.Compare("gradient of " + parameter, gradient, gradients[parameter], tolerance, 0);
        if (golden.After.Count > 0)
            CompareSteps(report, golden, network, tolerance);
    }

    private static void CompareSteps(ComparisonReport report, GoldenFile golden, ITrainableUnderTest network, double tolerance)
    {
        var values = golden.Parameters;
        for (var step = 0; step < Steps; step++)
        {
            network.SetParameters(values);
            var (_, gradients) = network.Train(golden.Batch);
            foreach (var (parameter, gradient) in gradients)
                values[parameter] = [.. values[parameter].Zip(gradient, (value, slope) => value - (LearningRate * slope))];
            foreach (var (statistic, moved) in network.Statistics())
                values[statistic] = moved;
        }

        foreach (var (parameter, expected) in golden.After)
            report.Compare($"{parameter} after {Steps} steps", expected, values[parameter], tolerance, 0);
    }
}
