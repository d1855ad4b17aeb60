using StaticNet.Networks;

namespace StaticNet.Tests.Surface;

/// <summary>Prepare runs everything once and leaves a network as it was.</summary>
public class PreparationTests
{
    [Fact]
    public void Parameters_and_statistics_are_as_before() => Check<Twinned>();

    [Fact]
    public void Every_kind_of_target_is_found()
    {
        Check<ProbabilityTargets>();
        Check<LogitTargets>();
        Check<DistributionTargets>();
        Check<IndexTargets>();
        Check<SignTargets>();
        Check<SquaredSignTargets>();
        Check<FiniteTargets>();
        Check<MixedTargets>();
    }

    [Fact]
    public void A_network_without_training_code_is_prepared_too()
    {
        var model = new TwinnedModel(seed: 1);
        var before = model.Weights.Values.ToArray();

        model.Prepare();

        Assert.Equal(before, model.Weights.Values.ToArray());
    }

    private static void Check<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var (network, other) = (TNetwork.Create(3), TNetwork.Create(3));

        network.Prepare();

        Assert.Equal(other.Weights.Values.ToArray(), network.Weights.Values.ToArray());
        Assert.All(network.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
        var (input, expected, actual) = (new float[TNetwork.InputLength], new float[TNetwork.OutputLength], new float[TNetwork.OutputLength]);
        input.AsSpan().Fill(0.5f);
        other.Forward(input, expected);
        network.Forward(input, actual);
        Assert.Equal(expected, actual);
    }
}
