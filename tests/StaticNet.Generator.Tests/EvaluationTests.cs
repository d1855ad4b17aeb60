using System.Reflection;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>
/// The loss of an evaluation is that of the weights as they are, of all losses: also of those on branches that the output does not
/// need, with what such a branch prepares from the weights.
/// </summary>
public class EvaluationTests
{
    private const int BatchSize = 12;

    /// <summary>Layers over an input [3, 10, 10] or [3] that end in a branch, which keep something prepared.</summary>
    private static readonly string[] Branches =
    [
        "[Dense(4, WeightNorm = true, From = \"input\")]",
        "[Dense(4, From = \"input\")][BatchNorm(Trainable = false)]",
        "[Dense(4, From = \"input\")][BatchNorm(Activation = Activation.Tanh)]",
        "[Dense(5, From = \"input\")][BatchNorm][Dense(4, WeightNorm = true)]",
    ];

    private static readonly string[] SpatialBranches =
    [
        "[Conv2D(5, Padding = 1, WeightNorm = true, From = \"input\")]",
        "[Conv2D(12, Padding = 1, From = \"input\")][Conv2D(16, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd)]",
        "[Conv2D(16, Padding = 1, From = \"input\")][BatchNorm][Conv2D(16, Padding = 1)]",
        "[DepthwiseConv2D(From = \"input\")][BatchNorm(Trainable = false)]",
        "[ConvTranspose2D(4, From = \"input\")][BatchNorm(Momentum = 0.5f)]",
    ];

    /// <summary>A branch with a loss at its end, before or behind the layers of the output.</summary>
    private static IEnumerable<string> Networks()
    {
        var number = 0;
        foreach (var (input, output, branches) in new[] { ("3", "[Dense(2, From = \"input\"@)]", Branches), ("3, 10, 10", "[GlobalAveragePool(From = \"input\")][Dense(2@)]", SpatialBranches) })
        {
            foreach (var branch in branches)
            {
                foreach (var prepared in new[] { "", ", WeightNorm = true" })
                {
                    var named = branch.Insert(branch.LastIndexOf(')'), ", Name = \"branch\"");
                    yield return $"""
                        using StaticNet;
                        [Network][Input({input})]{named}{output.Replace("@", prepared, StringComparison.Ordinal)}
                        [MeanSquaredErrorLoss][MeanSquaredErrorLoss(From = "branch")][Training(BatchSize = {BatchSize})]
                        public partial class Branch{++number};
                        """;
                }
            }
        }
    }

    [Fact]
    public void Losses_on_branches_follow_the_weights()
    {
        var types = CompiledNetworks.Load(CompiledNetworks.Compile(Networks()));
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            typeof(EvaluationTests).GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [], culture: null);
        }
    }

    /// <summary>Changes the weights several times in turn, and evaluates with and without what else prepares from them in between.</summary>
    private static void Check<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var reference = ReferenceNetwork.Of(typeof(TNetwork));
        var random = new Random(5);
        var network = TNetwork.Create(1);
        var outputs = new float[BatchSize * TNetwork.OutputLength];
        for (var turn = 0; turn < 6; turn++)
        {
            var parameters = ReferenceData.RandomParameters(reference, random);
            var batch = ReferenceData.RandomBatch(reference, parameters, random, BatchSize, 0);
            var floats = new FloatBatch(batch);
            GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, network.Weights.Edit());
            if (turn % 3 == 1)
                network.Forward(floats.Inputs[..TNetwork.InputLength], outputs.AsSpan(0, TNetwork.OutputLength));
            if (turn % 3 == 2)
                network.ForwardBatch(floats.Inputs, outputs, BatchSize);

            AssertNear(reference.Loss(parameters, batch), network.EvaluateBatch(floats.All, outputs), $"{typeof(TNetwork).Name}, turn {turn}");
            AssertNear(reference.Loss(parameters, batch), network.ShareWeights().EvaluateBatch(floats.All, outputs), $"{typeof(TNetwork).Name}, turn {turn}, shared weights");
            if (!reference.CouplesSamples)
                AssertNear(network.TrainBatch(floats.All), network.EvaluateBatch(floats.All, outputs), $"{typeof(TNetwork).Name}, turn {turn}, after a step");
        }
    }

    private static void AssertNear(double expected, double actual, string where) =>
        Assert.True(Math.Abs(actual - expected) <= 3e-5 * Math.Max(Math.Abs(expected), 0.1), $"{where}: the loss is {actual}, not {expected}.");
}
