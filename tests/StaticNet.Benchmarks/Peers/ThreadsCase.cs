using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>A training step on all cores against the same step on one. First both train alike, and must end with the same bits.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The network's name.</param>
/// <param name="batch">The number of samples a step, the network's capacity at most.</param>
/// <param name="settings">How it is trained.</param>
internal sealed class ThreadsCase<TNetwork>(string name, int batch, TrainingSettings settings) : PeerCase(name, $"train, {Threads} threads", batch)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const int ComparedSteps = 8;

    // Two threads on one core as well: they cannot be faster then, but the bits can be compared.
    private static int Threads => Math.Clamp(Environment.ProcessorCount, 2, WorkerPool.MostThreads);

    /// <inheritdoc/>
    public override string Peer => PeerNames.OneThread;

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        using var pool = new WorkerPool(Threads);
        using var alone = new WorkerPool(1);
        var ours = new TrainingLoop<TNetwork>(Batch, settings, pool);
        var theirs = new TrainingLoop<TNetwork>(Batch, settings, alone);
        ours.Run(ComparedSteps);
        theirs.Run(ComparedSteps);
        if (!ours.Weights.SequenceEqual(theirs.Weights))
            throw new PeerException($"{FullName}: {Threads} threads and one have trained different weights.");

        var (oursTimed, theirsTimed) = (new LocalContender(ours.Run, ours.Restart), new LocalContender(theirs.Run, theirs.Restart));
        Duel.Run(oursTimed, theirsTimed);
        return new PeerMeasurement(oursTimed.Timing, theirsTimed.Timing, TrainCase<TNetwork>.WorkOfStep(Batch), 1);
    }
}
