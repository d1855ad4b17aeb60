using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>A training step beside a published time of another machine.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The network's name.</param>
/// <param name="batch">The number of samples a step.</param>
/// <param name="settings">How it is trained.</param>
/// <param name="published">The time of such a step.</param>
internal sealed class PublishedStepCase<TNetwork>(string name, int batch, TrainingSettings settings, PublishedTime published) : PeerCase(name, "train", batch)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <inheritdoc/>
    public override string Peer => published.Peer;

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        using var pool = new WorkerPool(1);
        var loop = new TrainingLoop<TNetwork>(Batch, settings, pool);
        var timed = new LocalContender(loop.Run, loop.Restart);
        Duel.Run(timed);
        return new PeerMeasurement(timed.Timing, Timing.Of([published.Nanoseconds]), TrainCase<TNetwork>.WorkOfStep(Batch), 1);
    }
}
