using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Reference;

/// <summary>Batch normalisation in the reference: which statistics it takes, and how it moves the running ones.</summary>
public class BatchStatisticsTests
{
    // Two channels of two positions; over both samples the means are 4 and 1, the variances 9 and 9, the squares sum to 140.
    private static readonly ReferenceBatch Batch = new([[1, 3, -2, 4], [3, 9, 4, -2]], [[0, 0, 0, 0], [0, 0, 0, 0]]);

    [Fact]
    public void Training_takes_the_batchs_statistics_and_inference_the_running_ones()
    {
        var network = Network(new BatchNormAttribute { Epsilon = 6 });
        var parameters = Parameters(network);

        // The mean over two samples of half the squares: of the values, or of what is left of them without the mean.
        Assert.Equal(0.25 * 140 / 7, network.Loss(parameters, Batch), 1e-12);
        Assert.Equal(0.25 * (36 + 36) / 15, network.TrainingLoss(parameters, Batch), 1e-12);
        Assert.Equal([1 / Math.Sqrt(7), 3 / Math.Sqrt(7), -2 / Math.Sqrt(7), 4 / Math.Sqrt(7)], network.Forward(parameters, Batch.Inputs[0]), Near);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(1f)]
    public void The_running_statistics_move_by_momentum_towards_the_unbiased_ones(float momentum)
    {
        var network = Network(new BatchNormAttribute { Momentum = momentum });
        var parameters = Parameters(network);

        var statistics = network.Statistics(parameters, Batch);

        Assert.Equal([4 * (double)momentum, momentum], statistics["batchNorm1.running_mean"], Near);
        var unbiased = 4 / 3.0;
        double[] expected = [1 + (momentum * ((9 * unbiased) - 1)), 1 + (momentum * ((9 * unbiased) - 1))];
        Assert.Equal(expected, statistics["batchNorm1.running_var"], Near);
        Assert.Equal([1], statistics["batchNorm1.num_batches_tracked"]);
        Assert.Equal([0, 0], parameters["batchNorm1.running_mean"]);
    }

    [Fact]
    public void Without_momentum_all_batches_count_alike()
    {
        var network = new InterpretedNetwork(Network(new BatchNormAttribute { Momentum = float.NaN }));
        network.SetParameters(Parameters(Network(new BatchNormAttribute())));

        network.Train(Batch);
        network.Train(Batch with { Inputs = [[0, 0, 0, 0], [0, 0, 0, 0]] });
        network.Train(Batch with { Inputs = [[5, 5, 8, 8], [5, 5, 8, 8]] });

        var statistics = network.Statistics();
        Assert.Equal([3, 3], statistics["batchNorm1.running_mean"], Near);
        Assert.Equal([4, 4], statistics["batchNorm1.running_var"], Near);
        Assert.Equal([3], statistics["batchNorm1.num_batches_tracked"]);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(float.NaN)]
    public void A_single_value_of_a_channel_moves_nothing_and_does_not_count(float momentum)
    {
        var network = new ReferenceNetwork([new InputAttribute(3), new BatchNormAttribute { Momentum = momentum }, new HalfSquaredErrorLossAttribute()]);
        var parameters = Parameters(network);

        var statistics = network.Statistics(parameters, new ReferenceBatch([[5, -2, 7]], [[0, 0, 0]]));

        Assert.All(statistics, entry => Assert.Equal(parameters[entry.Key], entry.Value));
        Assert.Equal(3, statistics.Count);
    }

    [Fact]
    public void Statistics_pass_over_sample_weights()
    {
        var network = Network(new BatchNormAttribute());
        var parameters = Parameters(network);

        var weighted = network.Statistics(parameters, Batch with { SampleWeights = [0, 3], Scale = 7 });

        Assert.Equal(network.Statistics(parameters, Batch), weighted);
    }

    [Fact]
    public void A_frozen_layer_keeps_to_its_running_statistics()
    {
        var network = Network(new BatchNormAttribute { Trainable = false });
        var parameters = Parameters(network);

        Assert.Equal(network.Loss(parameters, Batch), network.TrainingLoss(parameters, Batch));
        Assert.Empty(network.Statistics(parameters, Batch));
        Assert.False(network.CouplesSamples);
    }

    [Fact]
    public void Parameters_and_statistics_have_their_names_kinds_and_starts()
    {
        var network = new ReferenceNetwork(
        [
            new InputAttribute(3, 4), new BatchNormAttribute { Activation = Activation.PReLU }, new BatchNormAttribute { Affine = false },
            new LayerNormAttribute { FirstAxis = 1 }, new RMSNormAttribute(), new InstanceNormAttribute { Affine = true, Trainable = false },
        ]);

        Assert.Equal(
            [
                "batchNorm1.running_mean 3 Statistic 0", "batchNorm1.running_var 3 Statistic 1",
                "batchNorm1.num_batches_tracked 1 Statistic 0", "batchNorm1.weight 3 Gain 1 learned", "batchNorm1.bias 3 Bias 0 learned",
                "batchNorm1.slope 3 Slope 0.25 learned", "batchNorm2.running_mean 3 Statistic 0", "batchNorm2.running_var 3 Statistic 1",
                "batchNorm2.num_batches_tracked 1 Statistic 0", "layerNorm1.weight 4 Gain 1 learned", "layerNorm1.bias 4 Bias 0 learned",
                "rmsNorm1.weight 3×4 Gain 1 learned", "instanceNorm1.weight 3 Gain 1", "instanceNorm1.bias 3 Bias 0",
            ],
            network.Parameters.Select(parameter => FormattableString.Invariant(
                $"{parameter.Name} {string.Join("×", parameter.Shape)} {parameter.Kind} {parameter.Start} {(parameter.Trainable ? "learned" : "")}").TrimEnd()));
    }

    private static ReferenceNetwork Network(BatchNormAttribute norm) =>
        new([new InputAttribute(2, 2), norm, new HalfSquaredErrorLossAttribute { Reduction = Reduction.Sum }]);

    private static Dictionary<string, double[]> Parameters(ReferenceNetwork network) => network.Parameters.ToDictionary(
        parameter => parameter.Name, parameter => Enumerable.Repeat(parameter.Start!.Value, parameter.Length).ToArray());

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-7;
}
