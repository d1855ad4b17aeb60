using BenchmarkDotNet.Attributes;
using StaticNet.Benchmarks.Peers;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Kernels;

/// <summary>The parts of a network's work.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
[MemoryDiagnoser]
public class NetworkBenchmarks<TNetwork>
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const int ManySamples = 64;

    private readonly ForwardLoop<TNetwork> _one = Loop(1);
    private readonly ForwardLoop<TNetwork> _many = Loop(ManySamples);
    private readonly TrainingLoop<TNetwork> _training = new(TNetwork.BatchSize, TrainingSettings.Default, new WorkerPool(1));

    /// <summary>The forward pass of one sample.</summary>
    [Benchmark]
    public void Forward() => _one.Compute(0);

    /// <summary>The forward pass of 64 samples.</summary>
    [Benchmark]
    public void ForwardBatch64() => _many.Compute(0);

    /// <summary>Loss and gradients of a full batch.</summary>
    [Benchmark]
    public float TrainBatch() => _training.TrainBatch();

    /// <summary>A step of stochastic gradient descent with momentum.</summary>
    [Benchmark]
    public void OptimizerStep() => _training.OptimizerStep();

    private static ForwardLoop<TNetwork> Loop(int samples) =>
        new(RandomNetwork.Create<TNetwork>(), new InputSet(samples, TNetwork.Description.InputLength));
}
