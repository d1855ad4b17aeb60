using StaticNet.Benchmarks.Measuring;
using StaticNet.Benchmarks.Peers.PyTorch;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>
/// A training step against PyTorch: forward, loss, backward, and the optimizer's step. What is compared is
/// compared without dropout, whose masks differ; what is measured has it.
/// </summary>
/// <typeparam name="TNetwork">The network; its loss is softmax cross-entropy of class indices, or mean squared error.</typeparam>
/// <param name="name">The network's name.</param>
/// <param name="batch">The number of samples a step, the network's capacity at most.</param>
/// <param name="settings">How both train.</param>
internal sealed class TrainCase<TNetwork>(string name, int batch, TrainingSettings settings) : PeerCase(name, "train", batch)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const int ComparedSteps = 8;

    /// <inheritdoc/>
    public override string Peer => PeerNames.PyTorch;

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        using var pool = new WorkerPool(1);
        var ours = new TrainingLoop<TNetwork>(Batch, settings, pool);
        var oursTimed = new LocalContender(ours.Run, ours.Restart);
        if (peers.PyTorch is null)
        {
            Duel.Run(oursTimed);
            return new PeerMeasurement(oursTimed.Timing, null, WorkOfStep(Batch), 1);
        }

        var loss = TNetwork.Description.Losses.Single().Kind;
        using var theirs = new PyTorchTraining(peers.PyTorch, ours.ToPeerGraph(), loss, settings, ours.Batches);
        Agreement.Require($"{FullName}, outputs at inference", ours.Outputs(), theirs.Outputs());
        Agreement.Require($"{FullName}, losses of the first steps", ours.Losses(ComparedSteps), theirs.Losses(ComparedSteps));

        Duel.Run(oursTimed, theirs);
        return new PeerMeasurement(oursTimed.Timing, theirs.Timing, WorkOfStep(Batch), 1);
    }

    /// <summary>What a step computes and reads.</summary>
    /// <param name="batch">The number of samples.</param>
    internal static Work WorkOfStep(int batch)
    {
        var description = TNetwork.Description;
        // Forward, gradient of the weights, and gradient of the inputs, which the first layer with weights does not need. The
        // first one of a sequence is recurrent, and most of its inputs are its own states.
        var first = description.Layers.First(layer => layer.Parameters > 0);
        var multiplyAdds = description.Steps == 1 ? (3 * description.MultiplyAdds) - first.MultiplyAdds : 3 * description.MultiplyAdds * description.Steps;
        // The weights, their gradients and their momentum.
        var bytes = (3 * description.WeightBytes) + ((long)batch * (description.InputLength + description.TargetLength) * sizeof(float));
        return new Work(2.0 * multiplyAdds * batch, bytes);
    }
}
