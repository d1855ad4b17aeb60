using StaticNet.Benchmarks.Measuring;
using StaticNet.Optimizers;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Trains a network, step after step, from weights that it can go back to.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class TrainingLoop<TNetwork>
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network = RandomNetwork.Create<TNetwork>();
    private readonly float[] _initial;
    private Sgd _optimizer;
    private int _step;

    /// <summary>Makes network and batches.</summary>
    public TrainingLoop()
    {
        var description = TNetwork.Description;
        Batches = new TrainingBatches(TNetwork.BatchSize, description.InputLength, description.OutputLength);
        Layers = PeerLayer.Of(_network);
        _initial = _network.Parameters.ToArray();
        _optimizer = NewOptimizer();
    }

    /// <summary>The batches that steps rotate over.</summary>
    public TrainingBatches Batches { get; }

    /// <summary>The network's layers at the start.</summary>
    public IReadOnlyList<PeerLayer> Layers { get; }

    /// <summary>Goes back to the start, so that no run trains so long that its numbers become special.</summary>
    public void Restart()
    {
        _initial.CopyTo(_network.Parameters);
        _optimizer = NewOptimizer();
        _step = 0;
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
    public float TrainBatch() => _network.TrainBatch(Batches[_step++]);

    /// <summary>The second part of a step: the optimizer.</summary>
    public void OptimizerStep() => _optimizer.Step(_network.Parameters, _network.Gradients);

    /// <summary>Trains for several steps.</summary>
    /// <param name="steps">The number of steps.</param>
    public void Run(int steps)
    {
        var sum = 0f;
        for (var step = 0; step < steps; step++)
            sum += Step();
        Sink.Consume(sum);
    }

    private static Sgd NewOptimizer()
    {
        var optimizer = new Sgd(TrainingSettings.LearningRate, TrainingSettings.Momentum);
        optimizer.Attach(TNetwork.ParameterTable);
        return optimizer;
    }
}
