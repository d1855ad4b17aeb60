using StaticNet.Networks;
using StaticNet.Networks.Batches;
using StaticNet.Networks.Golden;
using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet.Tests.Generated;

/// <summary>Training steps on several threads: the bits of one thread, and nothing allocated.</summary>
public class ParallelStepTests
{
    private const int Steps = 4;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Any_number_of_threads_trains_the_same_bits(int threads)
    {
        Compare<Mlp784x128x10>(threads);
        Compare<MlpTanh8x16x16x4>(threads);
        Compare<DropoutProbe>(threads);
        Compare<NormProbe>(threads);
        Compare<LeNet5>(threads);
        Compare<ResNet8Training>(threads);
        Compare<MaxoutPieces>(threads);
        Compare<LargeRegression>(threads);
        Compare<LargeClassifier>(threads);
    }

    [Fact]
    public void Steps_and_evaluations_allocate_nothing()
    {
        using var pool = new WorkerPool(2);
        var network = LeNet5.Create(1);
        var step = new ParallelStep<LeNet5>(network, pool);
        var evaluation = new ParallelEvaluation<LeNet5>(network, pool);
        var optimizer = new AdamW { ClipNorm = 1, MaxNorm = 3 };
        optimizer.Attach(network.Weights);
        var (inputs, targets) = Samples<LeNet5>(LeNet5.BatchSize);
        var outputs = new float[LeNet5.BatchSize * LeNet5.OutputLength];
        Run(1);

        Assert.Equal(0, Allocations.Of(() => Run(20)));

        void Run(int times)
        {
            var batch = new Batch(inputs, targets, LeNet5.BatchSize);
            for (var i = 0; i < times; i++)
            {
                step.TrainBatch(batch);
                step.TakeStep(optimizer);
                evaluation.Evaluate(batch, outputs);
            }
        }
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused_before_anything_runs()
    {
        using var pool = new WorkerPool(2);
        var step = new ParallelStep<LeNet5>(LeNet5.Create(1), pool);

        Assert.Throws<ArgumentException>(() => step.TrainBatch(new Batch(new float[3], new float[1], 1)));
    }

    private static void Compare<TNetwork>(int threads)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        // A last batch that no number of threads divides.
        foreach (var count in new[] { TNetwork.BatchSize, Math.Max(1, TNetwork.BatchSize - 1) })
            Assert.Equal(Trained<TNetwork>(1, count), Trained<TNetwork>(threads, count));
    }

    /// <summary>The bits of losses and parameters after some steps.</summary>
    private static int[] Trained<TNetwork>(int threads, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var pool = new WorkerPool(threads);
        var network = TNetwork.Create(7);
        var step = new ParallelStep<TNetwork>(network, pool);
        // All parts of a step: norms, updates, units.
        var optimizer = new Sgd(0.01f, momentum: 0.9f) { ClipNorm = 1, MaxNorm = 2 };
        optimizer.Attach(network.Weights);
        var (inputs, targets) = Samples<TNetwork>(count);
        var losses = new float[Steps];
        for (var i = 0; i < Steps; i++)
        {
            losses[i] = step.TrainBatch(new Batch(inputs, targets, count) { FirstSample = (ulong)(i * count) });
            step.TakeStep(optimizer);
        }

        var outputs = new float[count * TNetwork.OutputLength];
        var loss = new ParallelEvaluation<TNetwork>(network, pool).Evaluate(new Batch(inputs, targets, count), outputs);
        Assert.Equal(network.EvaluateBatch(new Batch(inputs, targets, count), new float[outputs.Length]), loss / count, 1e-3);
        return [.. losses.Concat(network.Weights.Values.ToArray()).Concat(outputs).Append((float)loss).Select(BitConverter.SingleToInt32Bits)];
    }

    private static (float[] Inputs, float[] Targets) Samples<TNetwork>(int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var random = new Random(3);
        var inputs = new float[count * TNetwork.InputLength];
        foreach (ref var value in inputs.AsSpan())
            value = random.NextSingle() - 0.5f;
        // Zeros and ones are targets of every loss.
        var targets = new float[count * TNetwork.TargetLength];
        foreach (ref var value in targets.AsSpan())
            value = random.Next(2);
        return (inputs, targets);
    }
}
