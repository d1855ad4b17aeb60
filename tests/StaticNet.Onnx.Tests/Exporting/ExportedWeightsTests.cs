using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Onnx.Tests.Compiling;
using StaticNet.Serialization;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>Weights as files have them, which need not be those that a class writes.</summary>
[Collection(nameof(ExportedNetwork))]
public sealed class ExportedWeightsTests
{
    private const float Tolerance = 2e-5f;

    [Fact]
    public void Weights_that_no_connection_has_are_left_out()
    {
        AssertSame<ConnectedFilters>(Drawn<ConnectedFilters>());
        AssertSame<ConnectedDirections>(Drawn<ConnectedDirections>());
    }

    [Fact]
    public void A_direction_of_zeros_gives_zeros()
    {
        var weights = new StateDict();
        foreach (var tensor in Drawn<ConnectedDirections>())
            weights.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Name == "conv1.weight_v" ? [.. new float[18], .. tensor.Values[18..]] : tensor.Values);

        AssertSame<ConnectedDirections>(weights);
    }

    [Theory]
    [InlineData(3, 1, "Expected a scaler of 1 or 4 inputs in scaling.inputs; it has 3.")]
    [InlineData(1, 3, "Expected a scaler of 1 or 2 targets in scaling.targets; it has 3.")]
    [InlineData(8, 1, "Expected a scaler of 1 or 4 inputs in scaling.inputs; it has 8.")]
    public void A_scaling_of_another_length_is_refused(int inputs, int targets, string expected)
    {
        var weights = Drawn<Networks.ScaledRegression>();
        new Data.Scaler(new float[inputs], Ones(inputs)).ToStateDict("scaling.inputs", weights);
        new Data.Scaler(new float[targets], Ones(targets)).ToStateDict("scaling.targets", weights);

        Assert.Equal([expected], Faults(weights));
    }

    [Fact]
    public void What_is_no_scaling_is_refused()
    {
        var weights = Drawn<Networks.ScaledRegression>();
        weights.Add("scaling.inputs.shift", [1], [0]);
        weights.Add("scaling.targets.shift", [2], [0, 0]);
        weights.Add("scaling.targets.scale", [2], [1, 0]);

        Assert.Collection(
            Faults(weights),
            problem => Assert.StartsWith("Expected a scaler in scaling.inputs, but it is none: Expected both 'scaling.inputs.shift' and 'scaling.inputs.scale'", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Expected a scaler in scaling.targets, but it is none: ", problem, StringComparison.Ordinal));
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static IReadOnlyList<string> Faults(StateDict weights) =>
        Assert.Throws<ExportException>(() => OnnxExporter.Export(NetworkReader.Of<Networks.ScaledRegression>(), weights)).Problems;

    /// <summary>Numbers everywhere, also where a class has none.</summary>
    private static StateDict Drawn<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var (random, weights) = (new Random(4), new StateDict());
        foreach (var tensor in TNetwork.Create(1).ToStateDict())
            weights.Add(tensor.Name, tensor.Shape.AsSpan(), [.. Enumerable.Range(0, tensor.Values.Length).Select(_ => (float)random.NextDouble() + 0.1f)]);
        return weights;
    }

    /// <summary>A class and the model compute the same of the same weights.</summary>
    private static void AssertSame<TNetwork>(StateDict weights)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        network.LoadStateDict(weights);
        float[] sample = [.. Enumerable.Range(0, TNetwork.InputLength).Select(index => MathF.Sin(index))];
        var expected = new float[TNetwork.OutputLength];
        network.Forward(sample, expected);

        using var model = new OnnxReference(OnnxExporter.Export(NetworkReader.Of<TNetwork>(), weights));

        Assert.InRange(ExportedNetwork.Error(expected, model.Run(new Dictionary<string, float[]> { ["input"] = sample }, ["output"])[0]), 0, Tolerance);
    }
}
