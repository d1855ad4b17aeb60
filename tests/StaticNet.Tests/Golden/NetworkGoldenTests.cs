using StaticNet.Networks;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Golden;

/// <summary>The real networks, whole, against PyTorch: outputs, losses, gradients, and running statistics after three steps.</summary>
public class NetworkGoldenTests
{
    private const string Group = "Networks";
    private const double LearningRate = 1.0 / 64;
    private const int Steps = 3;

    private static readonly Type[] Declared =
    [
        typeof(LeNet5), typeof(LeNet5Of1998), typeof(Cnn32x64), typeof(AdAutoencoder), typeof(DsCnnTraining), typeof(ResNet8Training),
        typeof(MobileNetV1x025Training), typeof(ResNet20), typeof(SmallVgg), typeof(ConvAutoencoder),
    ];

    public static TheoryData<Type> Networks => [.. Declared];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_generated_network_agrees_with_PyTorch(Type network)
    {
        var report = Compare(network, (ITrainableUnderTest)GeneratedNetwork.Of(network), 5e-5);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    /// <summary>The interpreted ones, of which one with each kind of layer is enough.</summary>
    [Theory]
    [InlineData(typeof(LeNet5Of1998))]
    [InlineData(typeof(AdAutoencoder))]
    [InlineData(typeof(ConvAutoencoder))]
    [InlineData(typeof(DsCnnTraining))]
    public void The_reference_agrees_with_PyTorch(Type network)
    {
        var report = Compare(network, new InterpretedNetwork(ReferenceNetwork.Of(network)), 1e-7);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    [Theory]
    [InlineData(typeof(DsCnn), typeof(DsCnnTraining))]
    [InlineData(typeof(ResNet8), typeof(ResNet8Training))]
    [InlineData(typeof(MobileNetV1x025), typeof(MobileNetV1x025Training))]
    public void The_form_for_inference_gives_the_softmax_of_PyTorchs_logits(Type network, Type training)
    {
        var golden = GoldenFile.Read(training.Name, Group);
        var formula = new NumberFormula((ulong)golden["seed"][0]);
        var reference = ReferenceNetwork.Of(network);
        var generated = GeneratedNetwork.Of(network);
        var report = new ComparisonReport(network.Name);

        generated.SetParameters(formula.Parameters(reference.Parameters));
        report.Compare("probabilities", [.. golden.Outputs.SelectMany(Softmax)], [.. Inputs(formula, reference, golden).SelectMany(input => generated.Forward(input))], 2e-5, 0);

        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void Every_file_has_its_network()
    {
        var files = Directory.GetFiles(GoldenFile.Folder(Group)).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Declared.Select(type => type.Name).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    private static ComparisonReport Compare(Type type, ITrainableUnderTest network, double tolerance)
    {
        var golden = GoldenFile.Read(type.Name, Group);
        var reference = ReferenceNetwork.Of(type);
        var formula = new NumberFormula((ulong)golden["seed"][0]);
        var values = formula.Parameters(reference.Parameters);
        var inputs = Inputs(formula, reference, golden);
        var batch = new ReferenceBatch(inputs, Targets(type, formula, reference, inputs.Length));
        var report = new ComparisonReport(type.Name);

        network.SetParameters(values);
        report.Compare("output", [.. golden.Outputs.SelectMany(output => output)], [.. inputs.SelectMany(input => network.Forward(input))], tolerance, 0);
        report.Compare("loss of evaluation", [golden.Loss], [network.Evaluate(batch)], tolerance, 0);
        for (var step = 0; step < (golden.After.Count > 0 ? Steps : 1); step++)
        {
            network.SetParameters(values);
            var (loss, gradients) = network.Train(batch);
            if (step == 0)
            {
                report.Compare("loss of training", [golden.TrainingLoss], [loss], tolerance, 0);
                CompareGradients(report, golden, gradients, tolerance);
            }

            foreach (var (parameter, gradient) in gradients)
                values[parameter] = [.. values[parameter].Zip(gradient, (value, slope) => value - (LearningRate * slope))];
            foreach (var (statistic, moved) in network.Statistics())
                values[statistic] = moved;
        }

        foreach (var (statistic, expected) in golden.After)
            report.Compare($"{statistic} after {Steps} steps", expected, values[statistic], tolerance, 0);
        return report;
    }

    /// <summary>The norm of each gradient, and its elements that the file has, relative to what its elements are in the mean.</summary>
    private static void CompareGradients(ComparisonReport report, GoldenFile golden, Dictionary<string, double[]> gradients, double tolerance)
    {
        var expected = golden.Gradients;
        if (!expected.Keys.Order().SequenceEqual(gradients.Keys.Order()))
        {
            report.Fail($"There are gradients of {string.Join(", ", gradients.Keys)}; expected {string.Join(", ", expected.Keys)}.");
            return;
        }

        double Mean(string parameter) => expected[parameter][0] / Math.Sqrt(gradients[parameter].Length);
        // The gradient of a bias under batch normalisation is zero but for rounding, which is then as large as beside the other gradients.
        var smallest = expected.Keys.Max(Mean) / 10;
        foreach (var (parameter, figures) in expected)
        {
            var gradient = gradients[parameter];
            var picked = figures[1..].Select((_, index) => gradient[(int)((long)index * (gradient.Length - 1) / (figures.Length - 2))]);
            report.Compare("norm of the gradient of " + parameter, figures[..1], [Math.Sqrt(gradient.Sum(slope => slope * slope))], tolerance, smallest * Math.Sqrt(gradient.Length));
            report.Compare("gradient of " + parameter, figures[1..], [.. picked], tolerance, Math.Max(smallest, Mean(parameter)));
        }
    }

    private static double[][] Inputs(NumberFormula formula, ReferenceNetwork reference, GoldenFile golden)
    {
        var count = golden.Outputs.Length;
        var length = reference.InputShape.Aggregate(1, (product, size) => product * size);
        return [.. formula.Numbers("input", count * length).Chunk(length)];
    }

    private static double[][] Targets(Type network, NumberFormula formula, ReferenceNetwork reference, int count)
    {
        var length = reference.OutputShape.Aggregate(1, (product, size) => product * size);
        if (network == typeof(AdAutoencoder))
            return [.. formula.Numbers("target", count * length).Chunk(length)];
        if (network == typeof(ConvAutoencoder))
            return [.. formula.Numbers("target", count * length).Select(number => (number + 1) / 2).Chunk(length)];
        return [.. formula.Numbers("target", count).Select(number => new[] { Math.Floor((number + 1) / 2 * length) })];
    }

    private static IEnumerable<double> Softmax(double[] logits)
    {
        var largest = logits.Max();
        var sum = logits.Sum(logit => Math.Exp(logit - largest));
        return logits.Select(logit => Math.Exp(logit - largest) / sum);
    }
}
