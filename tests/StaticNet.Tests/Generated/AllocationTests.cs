using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Networks.Golden;
using StaticNet.Optimizers;

namespace StaticNet.Tests.Generated;

/// <summary>After construction nothing allocates.</summary>
public class AllocationTests
{
    [Fact]
    public void A_large_classifier() => Check<Mlp784x128x10>();

    [Fact]
    public void A_small_classifier() => Check<Mlp64x64x64x8>();

    [Fact]
    public void Dropout() => Check<DropoutProbe>();

    [Fact]
    public void Residual_connections() => Check<ResidualConnection>();

    [Fact]
    public void Concatenations() => Check<ConcatAxes>();

    [Fact]
    public void Blocks() => Check<Blocks>();

    [Fact]
    public void Maxout() => Check<MaxoutPieces>();

    [Fact]
    public void Slopes() => Check<SlopePerChannel>();

    [Fact]
    public void Two_mean_squared_errors() => Check<MeanSquaredError>();

    private static void Check<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var (description, count) = (TNetwork.Description, TNetwork.BatchSize);
        var random = new Random(1);
        var inputs = new float[3 * count * description.InputLength];
        for (var index = 0; index < inputs.Length; index++)
            inputs[index] = random.NextSingle();

        // Zeros are targets of every loss.
        var data = new DataSet(description.InputLength, description.TargetLength, inputs, new float[3 * count * description.TargetLength]);
        var loader = new DataLoader(data, count);
        var network = TNetwork.Create(1);
        var optimizer = new Adam(0.001f) { ClipNorm = 1 };
        optimizer.Attach(network.Weights);
        var outputs = new float[count * description.OutputLength];

        // The second time nothing is first any more.
        AllocatedByEpoch(network, optimizer, loader, outputs, 0);
        Assert.Equal(0, AllocatedByEpoch(network, optimizer, loader, outputs, 1));
    }

    private static long AllocatedByEpoch<TNetwork>(TNetwork network, Optimizer optimizer, DataLoader loader, float[] outputs, int epoch)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var (input, output) = (TNetwork.Description.InputLength, TNetwork.Description.OutputLength);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var samples in loader.Epoch(epoch))
        {
            var batch = samples.ToBatch();
            network.Forward(batch.Inputs[..input], outputs.AsSpan(0, output));
            network.ForwardBatch(batch.Inputs, outputs.AsSpan(0, batch.Count * output), batch.Count);
            network.TrainBatch(batch);
            optimizer.Step(network.Weights, network.Gradients);
            network.EvaluateBatch(batch, outputs.AsSpan(0, batch.Count * output));
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
