using System.Diagnostics;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;

namespace Digits;

/// <summary>What one forward pass and one training step cost.</summary>
internal static class Measure
{
    /// <summary>The median time of a forward pass without the scaling of inputs, over blocks of many, each sample in turn.</summary>
    public static double NanosecondsPerForward(DigitsNetwork network, DataSet data)
    {
        const int blocks = 1_001, passes = 200;
        var times = new double[blocks];
        Span<float> scores = stackalloc float[DigitsNetwork.OutputLength];
        var sample = 0;
        for (var block = -100; block < blocks; block++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var pass = 0; pass < passes; pass++)
            {
                network.ForwardRaw(data.Input(sample), scores);
                sample = sample + 1 == data.Count ? 0 : sample + 1;
            }

            // The first blocks warm up.
            if (block >= 0)
                times[block] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / passes;
        }

        Array.Sort(times);
        return times[blocks / 2];
    }

    public static double BytesPerForward(DigitsNetwork network, DataSet data)
    {
        Span<float> scores = stackalloc float[DigitsNetwork.OutputLength];
        network.Forward(data.Input(0), scores);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var sample = 0; sample < data.Count; sample++)
            network.Forward(data.Input(sample), scores);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / data.Count;
    }

    /// <summary>The bytes of a loaded batch, its training step and its optimizer step, on a network of its own.</summary>
    public static double BytesPerTrainBatch(DataSet data)
    {
        var network = new DigitsNetwork(seed: 1);
        var optimizer = new Adam();
        optimizer.Attach(network.Weights);
        var loader = new DataLoader(data, DigitsNetwork.BatchSize);
        Epoch(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var batches = Epoch(1);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / batches;

        int Epoch(int number)
        {
            var count = 0;
            foreach (var batch in loader.Epoch(number))
            {
                network.TrainBatch(batch.ToBatch());
                optimizer.Step(network.Weights, network.Gradients);
                count++;
            }

            return count;
        }
    }
}
