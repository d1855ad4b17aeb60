using StaticNet.Benchmarks.Measuring;
using StaticNet.Benchmarks.Peers.Graph;
using StaticNet.Benchmarks.Peers.OnnxRuntime;

namespace StaticNet.Benchmarks.Peers;

/// <summary>A forward pass against ONNX Runtime.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The network's name.</param>
/// <param name="batch">The number of samples a call.</param>
/// <param name="hasRoundedWeights">Whether weights are numbers of 16 bits.</param>
internal sealed class ForwardCase<TNetwork>(string name, int batch, bool hasRoundedWeights) : PeerCase(name, "forward", batch)
    where TNetwork : class, INetwork<TNetwork>
{
    /// <inheritdoc/>
    public override string Peer => PeerNames.OnnxRuntime;

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        var description = TNetwork.Description;
        var network = RandomNetwork.Create<TNetwork>(hasRoundedWeights);
        var inputs = new InputSet(Batch, description.InputLength);
        var ours = new ForwardLoop<TNetwork>(network, inputs);
        var oursTimed = new LocalContender(ours.Run);

        if (!peers.HasOnnxRuntime)
        {
            Duel.Run(oursTimed);
            return Measurement(oursTimed.Timing.Per(Batch), null);
        }

        using var theirs = new OnnxRuntimeModel(PeerGraph.Of(network), inputs);
        for (var index = 0; index < inputs.Count; index++)
        {
            ours.Compute(index);
            theirs.Run(index);
            Agreement.Require($"{FullName}, outputs", ours.Output, theirs.Output);
        }

        var theirsTimed = new LocalContender(calls => Run(theirs, inputs.Count, calls));
        Duel.Run(oursTimed, theirsTimed);
        return Measurement(oursTimed.Timing.Per(Batch), theirsTimed.Timing.Per(Batch));

        PeerMeasurement Measurement(Timing oursPerSample, Timing? theirsPerSample)
        {
            var floats = (long)Batch * (description.InputLength + description.OutputLength);
            var weightBytes = hasRoundedWeights ? description.WeightBytes / 2 : description.WeightBytes;
            var work = new Work(2.0 * description.MultiplyAdds * Batch, weightBytes + (floats * sizeof(float)));
            return new PeerMeasurement(oursPerSample, theirsPerSample, work, Batch);
        }
    }

    private static void Run(OnnxRuntimeModel model, int inputs, int calls)
    {
        var sum = 0f;
        var input = 0;
        for (var call = 0; call < calls; call++)
        {
            model.Run(input);
            sum += model.Output[0];
            if (++input == inputs)
                input = 0;
        }

        Sink.Consume(sum);
    }
}
