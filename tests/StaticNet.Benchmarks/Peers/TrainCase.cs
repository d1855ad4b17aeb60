using StaticNet.Benchmarks.Measuring;
using StaticNet.Benchmarks.Peers.PyTorch;

namespace StaticNet.Benchmarks.Peers;

/// <summary>
/// A training step against PyTorch: forward, softmax cross-entropy, backward, stochastic gradient descent with momentum, on a
/// full batch.
/// </summary>
/// <typeparam name="TNetwork">The network; its loss is the softmax cross-entropy of class indices.</typeparam>
/// <param name="name">The network's name.</param>
internal sealed class TrainCase<TNetwork>(string name) : PeerCase(name, "train", TNetwork.BatchSize)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const int ComparedSteps = 8;

    /// <inheritdoc/>
    public override string Peer => "pytorch";

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        var ours = new TrainingLoop<TNetwork>();
        var oursTimed = new LocalContender(ours.Run, ours.Restart);
        if (peers.PyTorch is null)
        {
            Duel.Run(oursTimed);
            return new PeerMeasurement(oursTimed.Timing, null, WorkOfStep(), 1);
        }

        using var theirs = new PyTorchTraining(peers.PyTorch, TNetwork.Description, ours.Layers, ours.Batches);
        ours.Restart();
        var losses = Enumerable.Range(0, ComparedSteps).Select(_ => ours.Step()).ToArray();
        Agreement.Require($"{FullName}, losses of the first steps", losses, theirs.Losses(ComparedSteps));

        Duel.Run(oursTimed, theirs);
        return new PeerMeasurement(oursTimed.Timing, theirs.Timing, WorkOfStep(), 1);
    }

    private Work WorkOfStep()
    {
        var description = TNetwork.Description;
        // Forward, gradient of the weights, and gradient of the inputs, which the first layer does not need.
        var multiplyAdds = (3 * description.MultiplyAdds) - description.Layers[0].MultiplyAdds;
        // The weights, their gradients and their momentum.
        var bytes = (3 * description.WeightBytes) + ((long)Batch * (description.InputLength + description.TargetLength) * sizeof(float));
        return new Work(2.0 * multiplyAdds * Batch, bytes);
    }
}
