using StaticNet.Data;
using StaticNet.Networks;

namespace StaticNet.Tests.Generated;

/// <summary>Running statistics of batch norms, computed anew from data.</summary>
public class RecalibrationTests
{
    private const int Channels = 3, Pixels = 4;

    [Fact]
    public void Statistics_are_the_average_over_the_batches()
    {
        var data = Data(10);
        var network = new NormProbe(seed: 1);
        network.TrainBatch(new Batch(data.Inputs[..(4 * Channels * Pixels)], data.Targets[..4], 4));
        var weights = Values(network, "dense1.weight");

        network.RecalibrateStatistics(data);

        // Batches of 4, 4 and 2 samples, all alike.
        (int Begin, int End)[] batches = [(0, 4), (4, 8), (8, 10)];
        var (means, variances) = (Values(network, "batchNorm1.running_mean"), Values(network, "batchNorm1.running_var"));
        for (var channel = 0; channel < Channels; channel++)
        {
            var columns = batches.Select(batch => Enumerable.Range(batch.Begin, batch.End - batch.Begin)
                .SelectMany(sample => data.Input(sample).Slice(channel * Pixels, Pixels).ToArray()).Select(value => (double)value).ToArray()).ToArray();
            Assert.Equal(columns.Average(column => column.Average()), means[channel], 1e-5);
            Assert.Equal(columns.Average(column => column.Sum(value => Math.Pow(value - column.Average(), 2)) / (column.Length - 1)), variances[channel], 1e-4);
        }

        Assert.Equal([3], Values(network, "batchNorm1.num_batches_tracked"));
        Assert.Equal(weights, Values(network, "dense1.weight"));
        Assert.False(network.CumulativeStatistics);
    }

    [Fact]
    public void A_frozen_norm_keeps_its_statistics()
    {
        var network = new FrozenNormProbe(seed: 1);
        FrozenNormProbe.ParameterTable.TryGet("batchNorm1.running_mean", out var mean);
        mean!.Pack([1, 2, 3], network.Weights.Edit());

        network.RecalibrateStatistics(Data(10));

        Assert.Equal([1, 2, 3], Values(network, "batchNorm1.running_mean"));
        Assert.Equal([1, 1, 1], Values(network, "batchNorm1.running_var"));
    }

    [Fact]
    public void Data_are_in_the_users_numbers_and_the_scaling_is_applied()
    {
        var data = Data(10);
        var (plain, scaling) = (new NormProbe(seed: 1), new NormProbe(seed: 1));
        var (inputs, targets) = (Scaler.Standard(data.Inputs, 1), Scaler.Standard(data.Targets, 1));
        scaling.SetScaling(inputs, targets);

        plain.RecalibrateStatistics(data.ScaleInputs(inputs).ScaleTargets(targets));
        scaling.RecalibrateStatistics((DataSource)data);

        Assert.Equal(plain.Weights.Values.ToArray(), scaling.Weights.Values.ToArray());
    }

    [Fact]
    public void Centres_of_a_loss_are_no_running_statistics()
    {
        var network = CenterLosses.Create(1);
        var before = network.Weights.Values.ToArray();

        network.RecalibrateStatistics(new DataSet(7, 1, [.. Enumerable.Range(0, 70).Select(index => (float)Math.Sin(index))], [.. Enumerable.Range(0, 10).Select(index => (float)(index % 4))]));

        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Theory]
    [InlineData(float.NaN, false)]
    [InlineData(1, true)]
    public void A_call_that_fails_leaves_the_statistics(float target, bool throws)
    {
        var network = new NormProbe(seed: 1);
        network.RecalibrateStatistics(Data(10));
        var before = network.Weights.Values.ToArray();
        var bad = Data(10);
        var targets = bad.Targets.ToArray();
        targets[9] = target;
        DataSource data = new DataSet(Channels * Pixels, 1, [.. bad.Inputs.ToArray().Select(value => value * 3)], targets);

        Assert.ThrowsAny<Exception>(() => network.RecalibrateStatistics(throws ? new CutSource(data, 9) : data));

        Assert.Equal(before, network.Weights.Values.ToArray());
        Assert.False(network.CumulativeStatistics);
    }

    [Fact]
    public void One_sample_of_features_is_refused_and_changes_nothing()
    {
        var network = new FeatureNormProbe(1);
        var before = network.Weights.Values.ToArray();

        var refused = Assert.Throws<ArgumentException>(() => network.RecalibrateStatistics(new DataSet(3, 1, [1, 2, 3], [1])));

        Assert.StartsWith("Expected batches of two samples or more, since one sample has no variance for batchNorm1; the data has one sample.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_last_batch_of_one_sample_of_features_is_left_out()
    {
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, 33 * 3).Select(_ => random.NextSingle())];
        var (network, whole) = (new FeatureNormProbe(1), new FeatureNormProbe(1));

        network.RecalibrateStatistics(new DataSet(3, 1, inputs, new float[33]));
        whole.RecalibrateStatistics(new DataSet(3, 1, inputs[..96], new float[32]));

        Assert.Equal(whole.Weights.Values.ToArray(), network.Weights.Values.ToArray());
    }

    [Fact]
    public void Data_without_samples_is_refused() =>
        Assert.Contains("at least one sample", Assert.Throws<ArgumentException>(() => new NormProbe().RecalibrateStatistics(Data(0))).Message, StringComparison.Ordinal);

    private static DataSet Data(int count)
    {
        var random = new Random(1);
        return new DataSet(
            Channels * Pixels, 1,
            [.. Enumerable.Range(0, count * Channels * Pixels).Select(index => (random.NextSingle() * 4) + (index / Pixels % Channels))],
            [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())]);
    }

    private static float[] Values<TNetwork>(TNetwork network, string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        Assert.True(TNetwork.ParameterTable.TryGet(name, out var parameter));
        var values = new float[parameter.Count];
        parameter.Unpack(network.Weights.Values, values);
        return values;
    }
}
