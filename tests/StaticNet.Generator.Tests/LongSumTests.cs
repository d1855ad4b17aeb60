using System.Reflection;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Sums over many pixels and samples, of terms of one sign, are as exact as a few roundings: gradients of every kind of parameter,
/// running statistics and losses, against double precision. Targets are far away, so that absolute errors push all the same way.
/// </summary>
public class LongSumTests
{
    /// <summary>The largest error, relative to the largest element of a tensor.</summary>
    private const double Tolerance = 3e-6;

    /// <summary>Shapes and layers with the size of their batch.</summary>
    private static readonly (string Layers, int BatchSize)[] Networks =
    [
        ("[Input(4, 15, 15)][ConvTranspose2D(4, Stride = 2)]", 130),
        ("[Input(4, 24, 24)][Subsampling2D(2)]", 130),
        ("[Input(4, 12, 12)][Conv2D(4, Kernel = 1, Name = \"one\")][Conv2D(4, Kernel = 1, From = \"input\")][Add(\"one\")]", 130),
        ("[Input(3, 14, 14)][Conv2D(4, Padding = 1)][Concat(\"input\")][Activation(Activation.PReLU)]", 120),
        ("[Input(3, 14, 14)][Activation(Activation.PReLU, SharedSlope = true)]", 120),
        ("[Input(20, 6, 6)][Activation(Activation.PReLU)][BatchNorm]", 200),
        ("[Input(3, 40, 40)][BatchNorm]", 20),
        ("[Input(3, 40, 40)][GroupNorm(1)][Conv2D(2, Kernel = 1)]", 20),
        ("[Input(3, 40)][LayerNorm(FirstAxis = -1)]", 600),
        ("[Input(5, 60)][LayerNorm]", 400),
        ("[Input(6)][Dense(5)]", 3000),
        ("[Input(6)][Dense(5, WeightNorm = true)][BatchNorm]", 2000),
        ("[Input(6)][Dense(20)][BatchNorm(Activation = Activation.Tanh)][Dense(2)]", 1500),
        ("[Input(2, 24, 24)][Conv2D(4)]", 100),
        ("[Input(1, 100, 100)][Conv2D(2, Padding = 1)]", 5),
        ("[Input(16, 18, 18)][DepthwiseConv2D(Padding = 1)]", 50),
        ("[Input(16, 60, 60)][DepthwiseConv2D(Padding = 1)]", 4),
        ("[Input(3, 72, 72)][Conv2D(20, Padding = 1)]", 3),
        ("[Input(2, 72, 72)][Conv2D(20, Kernel = 5)]", 3),
        ("[Input(20, 5000)][Conv1D(18, Padding = 1)]", 2),
        ("[Input(3, 60, 80)][Conv2D(17, Kernel = 1)][GlobalAveragePool]", 3),
        ("[Input(3, 4000)][Conv1D(17, Kernel = 1)][Mean(1)]", 3),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    public void Gradients_statistics_and_losses_are_exact(int vectorBits)
    {
        var sources = Networks.Select((network, index) =>
            $"using StaticNet; [Network]{network.Layers}[MeanAbsoluteErrorLoss][Training(BatchSize = {network.BatchSize})] public partial class Long{index};").ToArray();
        // Other widths share the shape of the sums: some networks are enough.
        var used = vectorBits == 0 ? sources : [.. sources.Where((_, index) => index % 5 == 0)];
        var failures = new List<string>();
        foreach (var type in CompiledNetworks.Load(CompiledNetworks.Compile(used, vectorBits)))
        {
            var source = sources.Single(source => source.EndsWith($" {type.Name};", StringComparison.Ordinal));
            var found = (IEnumerable<string>)typeof(LongSumTests).GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [], culture: null)!;
            failures.AddRange(found.Select(failure => $"{source}: {failure}"));
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>Terms that are infinite, and finite ones whose sum is.</summary>
    [Theory]
    [InlineData(3e38f, 0)]
    [InlineData(1e35f, 0)]
    [InlineData(3e38f, 128)]
    [InlineData(1e35f, 128)]
    [InlineData(3e38f, 512)]
    [InlineData(1e35f, 512)]
    public void A_sum_beyond_all_numbers_is_infinite(float scale, int vectorBits)
    {
        string[] sources =
        [
            "using StaticNet; [Network][Input(6)][Dense(5)][MeanSquaredErrorLoss][Training(BatchSize = 3000)] public partial class Infinite0;",
            "using StaticNet; [Network][Input(3, 40, 40)][Conv2D(2, Kernel = 1)][MeanSquaredErrorLoss][Training(BatchSize = 20)] public partial class Infinite1;",
        ];
        foreach (var type in CompiledNetworks.Load(CompiledNetworks.Compile(sources, vectorBits)))
        {
            typeof(LongSumTests).GetMethod(nameof(AssertInfinite), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [scale], culture: null);
        }
    }

    private static void AssertInfinite<TNetwork>(float scale)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var inputs = Enumerable.Repeat(1f, TNetwork.BatchSize * TNetwork.InputLength).ToArray();
        var targets = Enumerable.Repeat(1000f, TNetwork.BatchSize * TNetwork.TargetLength).ToArray();
        network.TrainBatch(new Batch(inputs, targets, TNetwork.BatchSize) { Scale = scale });

        foreach (var parameter in TNetwork.ParameterTable.Parameters)
        {
            var gradient = new float[parameter.Count];
            parameter.Unpack(network.Gradients, gradient);
            Assert.All(gradient, value => Assert.Equal(float.NegativeInfinity, value));
        }
    }

    private static List<string> Check<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var failures = new List<string>();
        var reference = ReferenceNetwork.Of(typeof(TNetwork));
        var random = new Random(7);
        var parameters = ReferenceData.RandomParameters(reference, random);
        double Uniform(double from, double to) => (float)(from + ((to - from) * random.NextDouble()));
        var batch = new ReferenceBatch(
            [.. Enumerable.Range(0, TNetwork.BatchSize).Select(_ => Enumerable.Range(0, reference.InputLength).Select(_ => Uniform(0.5, 1.5)).ToArray())],
            [.. Enumerable.Range(0, TNetwork.BatchSize).Select(_ => Enumerable.Repeat(1000.0, reference.TargetLength).ToArray())])
        {
            SampleWeights = [.. Enumerable.Range(0, TNetwork.BatchSize).Select(_ => Uniform(0.5, 1.5))],
        };
        var network = TNetwork.Create(1);
        GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, network.Weights.Edit());
        var floats = new FloatBatch(batch);

        Compare("the loss of an evaluation", [reference.Loss(parameters, batch)], [network.EvaluateBatch(floats.All, new float[TNetwork.BatchSize * TNetwork.OutputLength])]);
        Compare("the loss", [reference.TrainingLoss(parameters, batch)], [network.TrainBatch(floats.All)]);
        var actual = GeneratedParameters.UnpackTrainable(TNetwork.ParameterTable, network.Gradients);
        var gradients = reference.Gradients(parameters, batch);
        // What a norm makes cancel carries the rounding of its terms, which are as large as those of other gradients.
        var cancels = TNetwork.Description.Layers.Any(layer => layer.Kind.Contains("Norm", StringComparison.Ordinal));
        var largestOfAll = gradients.Values.SelectMany(values => values).Max(Math.Abs);
        foreach (var (name, expected) in gradients)
            Compare("the gradient of " + name, expected, actual[name], cancels ? largestOfAll : 0);
        var statistics = GeneratedParameters.UnpackStatistics(TNetwork.ParameterTable, network.Weights.Values);
        foreach (var (name, expected) in reference.Statistics(parameters, batch))
            Compare(name, expected, statistics[name]);
        return failures;

        void Compare(string what, double[] expected, double[] values, double least = 0)
        {
            var largest = Math.Max(expected.Max(Math.Abs), least);
            var error = expected.Zip(values, (wanted, got) => Math.Abs(wanted - got)).Max();
            if (!(error <= Tolerance * largest))
                failures.Add($"{what} is off by {error / largest:E1} of the largest, {largest:G4}");
        }
    }
}
