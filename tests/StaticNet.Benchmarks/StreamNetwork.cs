using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Startup;

namespace StaticNet.Benchmarks;

/// <summary>A network that runs over streams, in blocks of 64 steps and step by step; its layers may be trained too.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The name in tables, filters and JSON.</param>
internal sealed class StreamNetwork<TNetwork>(string name) : BenchmarkNetwork(name)
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    /// <inheritdoc/>
    public override IEnumerable<PeerCase> PeerCases =>
    [
        new StreamCase<TNetwork>(Name, 64),
        new StreamCase<TNetwork>(Name, 1),
        .. Training is { } training ? [training] : Array.Empty<PeerCase>(),
    ];

    /// <summary>Training steps over whole sequences. Default: none.</summary>
    public PeerCase? Training { get; init; }

    /// <inheritdoc/>
    public override Type? KernelBenchmarks => null;

    /// <inheritdoc/>
    public override FirstCalls FirstCalls(long mainStart, bool isPrepared) => StartupMode.Measure<TNetwork>(mainStart, isPrepared);
}
