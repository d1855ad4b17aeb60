using StaticNet.Networks;

namespace StaticNet.Tests;

/// <summary>A loss is a small figure beside large outputs; it must not be lost in their rounding.</summary>
public class LargeOutputTests
{
    [Theory]
    [InlineData(1e3f)]
    [InlineData(1e6f)]
    [InlineData(-1e9f)]
    [InlineData(1e30f)]
    public void Two_equal_scores_cost_log_2(float score)
    {
        var network = new LargeScores();
        Span<float> input = [score];
        Set(network.Weights.Edit(), 1, 1);

        var loss = network.TrainBatch(new Batch(input, [1], 1));

        Assert.Equal(MathF.Log(2), loss, 1e-6f);
    }

    [Theory]
    [InlineData(1e3f)]
    [InlineData(3.3e7f)]
    [InlineData(1e30f)]
    public void A_class_that_leads_by_more_than_the_margin_costs_nothing(float score)
    {
        var network = new LargeMargins();
        Set(network.Weights.Edit(), 1, 0.5f);

        var loss = network.TrainBatch(new Batch([score], [0], 1));

        Assert.Equal(0, loss);
        Assert.True(network.Gradients.IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void Equal_classes_cost_the_margin_however_large_they_are()
    {
        var network = new LargeMargins();
        Set(network.Weights.Edit(), 1, 1);

        var loss = network.TrainBatch(new Batch([1e8f], [0], 1));

        Assert.Equal(0.001f, loss, 1e-7f);
        Assert.Equal(-1e8f, network.Gradients[0]);
        Assert.Equal(1e8f, network.Gradients[1]);
    }

    /// <summary>One input, two outputs: one row of a panel.</summary>
    private static void Set(Span<float> parameters, float first, float second) => (parameters[0], parameters[1]) = (first, second);
}
