using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>A stream in blocks; times are per step. Nothing that was found runs one step at a time with a state of its own.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The network's name.</param>
/// <param name="block">The steps a call.</param>
internal sealed class StreamCase<TNetwork>(string name, int block) : PeerCase(name, "stream", block)
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    /// <inheritdoc/>
    public override string Peer => PeerNames.None;

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        var network = RandomNetwork.Create<TNetwork>();
        var inputs = new InputSet(Batch, TNetwork.StepInputLength);
        var (state, output) = (TNetwork.CreateState(), new AlignedBuffer(Batch * TNetwork.StepOutputLength));
        var ours = new LocalContender(calls =>
        {
            for (var call = 0; call < calls; call++)
                network.ForwardSteps(state, inputs[call % inputs.Count], output.Span);
            Sink.Consume(output.Span[0]);
        });
        Duel.Run(ours);
        var description = TNetwork.Description;
        var floats = (long)Batch * (TNetwork.StepInputLength + TNetwork.StepOutputLength);
        return new PeerMeasurement(ours.Timing.Per(Batch), null, new Work(2.0 * description.MultiplyAdds * Batch, description.WeightBytes + (floats * sizeof(float))), Batch);
    }
}
