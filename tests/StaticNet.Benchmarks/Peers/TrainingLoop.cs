using StaticNet.Benchmarks.Measuring;
using StaticNet.Benchmarks.Peers.Graph;
using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Trains a network, step after step, from weights that it can go back to.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class TrainingLoop<TNetwork>
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network = RandomNetwork.Create<TNetwork>();
    private readonly ParallelStep<TNetwork> _parallel;
    private readonly float[] _initial;
    private readonly TrainingSettings _settings;
    private Optimizer _optimizer;
    private int _step;

    /// <summary>Makes network and batches.</summary>
    /// <param name="samples">The number of samples a batch, the network's capacity at most.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="pool">The threads that train.</param>
    public TrainingLoop(int samples, TrainingSettings settings, WorkerPool pool)
    {
        _parallel = new ParallelStep<TNetwork>(_network, pool);
        _settings = settings;
        Batches = new TrainingBatches(samples, TNetwork.Description);
        _initial = _network.Weights.Values.ToArray();
        _optimizer = NewOptimizer();
    }

    /// <summary>The batches that steps rotate over.</summary>
    public TrainingBatches Batches { get; }

    /// <summary>The parameters as they are now.</summary>
    public ReadOnlySpan<float> Weights => _network.Weights.Values;

    /// <summary>The network as peers are told of it, with the values that it has now.</summary>
    public PeerGraph ToPeerGraph() => PeerGraph.Of(_network);

    /// <summary>Goes back to the start, so that no run trains so long that its numbers become special.</summary>
    public void Restart()
    {
        _initial.CopyTo(_network.Weights.Edit());
        _optimizer = NewOptimizer();
        _step = 0;
    }

    /// <summary>The outputs at inference for the first batch.</summary>
    public float[] Outputs()
    {
        var outputs = new float[Batches.Samples * TNetwork.Description.OutputLength];
        _network.ForwardBatch(Batches[0].Inputs, outputs, Batches.Samples);
        return outputs;
    }

    /// <summary>The losses of the first steps from the start, with dropout off.</summary>
    /// <param name="steps">The number of steps.</param>
    public float[] Losses(int steps)
    {
        Restart();
        _network.DropoutEnabled = false;
        float[] losses = [.. Enumerable.Range(0, steps).Select(_ => Step())];
        _network.DropoutEnabled = true;
        return losses;
    }

    /// <summary>Trains on the next batch.</summary>
    /// <returns>The loss before the step.</returns>
    public float Step()
    {
        var loss = TrainBatch();
        OptimizerStep();
        return loss;
    }

    /// <summary>The first part of a step: loss and gradients.</summary>
    /// <returns>The loss.</returns>
    public float TrainBatch() => _parallel.TrainBatch(Batches[_step++]);

    /// <summary>The second part of a step: the optimizer.</summary>
    public void OptimizerStep() => _parallel.TakeStep(_optimizer);

    /// <summary>Trains for several steps.</summary>
    /// <param name="steps">The number of steps.</param>
    public void Run(int steps)
    {
        var sum = 0f;
        for (var step = 0; step < steps; step++)
            sum += Step();
        Sink.Consume(sum);
    }

    private Optimizer NewOptimizer()
    {
        var optimizer = _settings.NewOptimizer();
        optimizer.Attach(_network.Weights);
        return optimizer;
    }
}
