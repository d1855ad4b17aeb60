using StaticNet.Networks;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests;

/// <summary>
/// Whole networks of the literature against the double-precision reference. So many activations are never all far from their
/// kinks, and where single precision ends on the other side of one, a few elements of a gradient differ: gradients are held to
/// a distance as a whole.
/// </summary>
public class LargeNetworkTests
{
    private const int Samples = 2;
    private const double LossTolerance = 3e-5;
    private const double GradientTolerance = 1e-2;

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
        var network = (ITrainableUnderTest)GeneratedNetwork.Of(type);
        var reference = ReferenceNetwork.Of(type);
        var random = new Random(2);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var batch = ReferenceData.RandomBatch(reference, parameters, random, Samples, kinkDistance: 0);
        network.SetParameters(parameters);

        var (loss, gradients) = network.Train(batch);

        var expectedLoss = reference.TrainingLoss(parameters, batch);
        Assert.InRange(loss, expectedLoss * (1 - LossTolerance), expectedLoss * (1 + LossTolerance));
        var expected = reference.Gradients(parameters, batch);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        var distance = Norm(expected.SelectMany(pair => pair.Value.Zip(gradients[pair.Key], (wanted, given) => given - wanted)));
        Assert.InRange(distance / Norm(expected.Values.SelectMany(values => values)), 0, GradientTolerance);
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
