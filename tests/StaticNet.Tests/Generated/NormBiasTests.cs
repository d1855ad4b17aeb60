using StaticNet.Networks;
using StaticNet.Numerics;

namespace StaticNet.Tests.Generated;

/// <summary>Biases in front of a norm by the batch's moments, which takes them off again.</summary>
public class NormBiasTests
{
    private const int Samples = 4;

    [Fact]
    public void Their_gradients_are_zero_and_the_weights_are_not()
    {
        var network = DsCnnTraining.Create(1);
        network.Gradients.Fill(float.NaN);

        Train(network, accumulate: false);

        Assert.All(Gradient(network, "layers.block2.conv1.bias").Concat(Gradient(network, "layers.block1.depthwise1.bias")), value => Assert.Equal(0, value));
        Assert.Contains(Gradient(network, "layers.block2.conv1.weight"), value => value != 0);
        Assert.Contains(Gradient(network, "layers.dense1.bias"), value => value != 0);
    }

    [Fact]
    public void What_has_been_summed_before_stays()
    {
        var network = DsCnnTraining.Create(1);
        network.Gradients.Fill(2);

        Train(network, accumulate: true);

        Assert.All(Gradient(network, "layers.block2.conv1.bias"), value => Assert.Equal(2, value));
    }

    [Fact]
    public void Any_number_of_threads_trains_the_same_bits_through_norms_and_depthwise_convolutions()
    {
        var networks = new[] { 1, 2, 3 }.Select(threads =>
        {
            using var pool = new WorkerPool(threads);
            var network = DsCnnTraining.Create(1);
            new ParallelStep<DsCnnTraining>(network, pool).TrainBatch(Batch());
            return network.Gradients.ToArray();
        }).ToArray();

        Assert.Equal(networks[0], networks[1]);
        Assert.Equal(networks[0], networks[2]);
    }

    private static void Train(DsCnnTraining network, bool accumulate)
    {
        var batch = Batch();
        network.TrainBatch(new Batch(batch.Inputs, batch.Targets, Samples) { Accumulate = accumulate });
    }

    private static Batch Batch() => new(
        Enumerable.Range(0, Samples * DsCnnTraining.InputLength).Select(index => MathF.Sin(index * 0.7f)).ToArray(),
        Enumerable.Range(0, Samples).Select(sample => (float)sample).ToArray(),
        Samples);

    private static float[] Gradient(DsCnnTraining network, string name)
    {
        var parameter = DsCnnTraining.ParameterTable.Get(name);
        var values = new float[parameter.Count];
        parameter.Unpack(network.Gradients, values);
        return values;
    }
}
