using StaticNet.Networks;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests;

/// <summary>
/// Whole networks of the literature against the double-precision reference. So many activations are never all far from their
/// kinks, and where single precision ends on the other side of one late in the network, all gradients before it differ by
/// hundredths. That happens with some batches, while a fault shows with every one: the closest of a few batches counts.
/// </summary>
public class LargeNetworkTests
{
    private const int Samples = 2;
    private const double LossTolerance = 3e-5;
    private const double GradientTolerance = 1e-3;
    private const int Batches = 4;

    private static readonly ComparisonOptions Options = new() { LargestBatch = Samples, KinkDistance = 0 };

    /// <summary>The networks, which <see cref="GeneratedNetworkTests"/> leaves to this class.</summary>
    internal static IReadOnlyList<Type> Large { get; } =
    [
        typeof(LeNet5),
        typeof(LeNet5Of1998),
        typeof(Cnn32x64),
        typeof(AdAutoencoder),
        typeof(ConvAutoencoder),
        typeof(DsCnn),
        typeof(DsCnnTraining),
        typeof(ResNet8),
        typeof(ResNet8Training),
        typeof(MobileNetV1x025),
        typeof(MobileNetV1x025Training),
        typeof(SmallVgg),
        typeof(ResNet20),
    ];

    public static TheoryData<Type> Networks => [.. Large];

    public static TheoryData<Type> TrainableNetworks => [.. Large.Where(GeneratedNetwork.Trains)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_agree_with_the_reference(Type network)
    {
        var compare = typeof(NetworkComparison).GetMethod(nameof(NetworkComparison.CompareInference))!.MakeGenericMethod(network);
        var report = (ComparisonReport)compare.Invoke(null, [1, Options, null])!;

        Assert.True(report.Passed, report.ToString());
    }

    [Theory]
    [MemberData(nameof(TrainableNetworks))]
    public void A_training_step_agrees_with_the_reference(Type type)
    {
        var reference = ReferenceNetwork.Of(type);

        var closest = double.PositiveInfinity;
        for (var seed = 2; seed < 2 + Batches && closest > GradientTolerance; seed++)
            closest = Math.Min(closest, Distance((ITrainableUnderTest)GeneratedNetwork.Of(type), reference, seed));

        Assert.InRange(closest, 0, GradientTolerance);
    }

    /// <summary>How far the gradients of a random batch are from the reference's, as a part of their norm.</summary>
    private static double Distance(ITrainableUnderTest network, ReferenceNetwork reference, int seed)
    {
        var random = new Random(seed);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var batch = ReferenceData.RandomBatch(reference, parameters, random, Samples, kinkDistance: 0);
        network.SetParameters(parameters);

        var (loss, gradients) = network.Train(batch);

        var expectedLoss = reference.TrainingLoss(parameters, batch);
        Assert.InRange(loss, expectedLoss * (1 - LossTolerance), expectedLoss * (1 + LossTolerance));
        var expected = reference.Gradients(parameters, batch);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        var distance = Norm(expected.SelectMany(pair => pair.Value.Zip(gradients[pair.Key], (wanted, given) => given - wanted)));
        return distance / Norm(expected.Values.SelectMany(values => values));
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
