using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Startup;

namespace StaticNet.Benchmarks;

/// <summary>A network that runs over streams, in blocks of 64 steps and step by step.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The name in tables, filters and JSON.</param>
internal sealed class StreamNetwork<TNetwork>(string name) : BenchmarkNetwork(name)
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    /// <inheritdoc/>
    public override IEnumerable<PeerCase> PeerCases => [new StreamCase<TNetwork>(Name, 64), new StreamCase<TNetwork>(Name, 1)];

    /// <inheritdoc/>
    public override Type? KernelBenchmarks => null;

    /// <inheritdoc/>
    public override FirstCalls FirstCalls(long mainStart, bool isPrepared) => StartupMode.Measure<TNetwork>(mainStart, isPrepared);
}
