using StaticNet.Data;
using StaticNet.Networks;

namespace StaticNet.Tests.Generated;

/// <summary>Weight normalisation started from a first batch.</summary>
public class WeightNormInitializationTests
{
    private const int Samples = 50;

    [Fact]
    public void Sums_have_mean_0_and_variance_1_over_the_first_batch()
    {
        var network = WeightNormProbe.Create(3);
        var data = Data();
        var directions = Direction(network);

        network.InitializeWeightNorm(data);

        // The last layer has no activation: its outputs are the sums.
        var outputs = new float[Samples * WeightNormProbe.OutputLength];
        network.ForwardBatch(data.Inputs, outputs, Samples);
        for (var channel = 0; channel < WeightNormProbe.OutputLength; channel++)
        {
            var sums = Enumerable.Range(0, Samples).Select(sample => (double)outputs[(sample * WeightNormProbe.OutputLength) + channel]).ToArray();
            Assert.Equal(0, sums.Average(), 0.01);
            Assert.Equal(1, sums.Average(sum => sum * sum), 0.01);
        }

        Assert.Equal(directions, Direction(network));
    }

    [Fact]
    public void The_first_layer_s_figures_are_those_of_its_sums()
    {
        var network = WeightNormProbe.Create(3);
        var data = Data();
        var direction = new float[20 * 2 * 9];
        Assert.True(WeightNormProbe.ParameterTable.TryGet("conv1.weight_v", out var weight));
        weight.Unpack(network.Weights.Values, direction);

        network.InitializeWeightNorm(data);

        var (magnitudes, biases) = (Parameter(network, "conv1.weight_g"), Parameter(network, "conv1.bias"));
        for (var filter = 0; filter < 20; filter++)
        {
            var own = direction.AsSpan(filter * 18, 18).ToArray();
            var norm = Math.Sqrt(own.Sum(value => (double)value * value));
            var sums = (from sample in Enumerable.Range(0, Samples)
                        from row in Enumerable.Range(0, 7)
                        from column in Enumerable.Range(0, 7)
                        select Enumerable.Range(0, 18).Sum(tap => (double)own[tap] * data.Inputs[(sample * 162) + (tap / 9 * 81) + ((row + (tap / 3 % 3)) * 9) + column + (tap % 3)]) / norm).ToArray();
            var mean = sums.Average();
            var deviation = Math.Sqrt(sums.Average(sum => (sum - mean) * (sum - mean)));
            Assert.InRange(magnitudes[filter] * deviation, 0.99, 1.01);
            Assert.Equal(-mean / deviation, biases[filter], 0.02);
        }
    }

    [Fact]
    public void A_convolution_whose_map_leaves_in_another_order_is_seen_once()
    {
        var network = WeightNormRows.Create(3);
        var random = new Random(5);
        var data = new DataSet(24, 0, [.. Enumerable.Range(0, Samples * 24).Select(_ => (3 * random.NextSingle()) - 1)], []);

        network.InitializeWeightNorm(data);

        var outputs = new float[Samples * WeightNormRows.OutputLength];
        network.ForwardBatch(data.Inputs, outputs, Samples);
        for (var channel = 0; channel < 5; channel++)
        {
            var sums = Enumerable.Range(0, outputs.Length).Where(index => index / 8 % 5 == channel).Select(index => (double)outputs[index]).ToArray();
            Assert.Equal(0, sums.Average(), 0.01);
            Assert.Equal(1, sums.Average(sum => sum * sum), 0.01);
        }
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused()
    {
        var network = WeightNormProbe.Create(1);

        Assert.Contains("162", Assert.Throws<ArgumentException>(() => network.InitializeWeightNorm(new DataSet(3, 0, new float[6], []))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.InitializeWeightNorm(new DataSet(162, 0, [], [])));
    }

    [Fact]
    public void A_call_that_fails_leaves_all_parameters()
    {
        var network = WeightNormProbe.Create(1);
        var before = network.Weights.Values.ToArray();

        Assert.Throws<IOException>(() => network.InitializeWeightNorm(new CutSource(Data(), 7)));

        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    private static DataSet Data()
    {
        var random = new Random(5);
        return new DataSet(162, 0, [.. Enumerable.Range(0, Samples * 162).Select(_ => (3 * random.NextSingle()) - 1)], []);
    }

    private static float[] Direction(WeightNormProbe network) => Parameter(network, "conv2.weight_v");

    private static float[] Parameter(WeightNormProbe network, string name)
    {
        Assert.True(WeightNormProbe.ParameterTable.TryGet(name, out var parameter));
        var values = new float[parameter.Count];
        parameter.Unpack(network.Weights.Values, values);
        return values;
    }
}
