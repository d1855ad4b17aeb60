using StaticNet.Benchmarks.Kernels;
using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Startup;
using StaticNet.Networks;

namespace StaticNet.Benchmarks;

/// <summary>A network that is measured, for every mode of this program.</summary>
/// <param name="name">The name in tables, filters and JSON.</param>
internal abstract class BenchmarkNetwork(string name)
{
    /// <summary>The networks: one line each.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } =
    [
        new BenchmarkNetwork<MlpTanh8x16x16x4>("mlp-8-16-16-4-tanh"),
        new BenchmarkNetwork<Mlp64x64x64x8>("mlp-64-64-64-8-relu"),
        new BenchmarkNetwork<Mlp784x128x10>("mlp-784-128-10-relu"),
    ];

    /// <summary>The name in tables, filters and JSON.</summary>
    public string Name => name;

    /// <summary>What peers are measured on.</summary>
    public abstract IEnumerable<PeerCase> PeerCases { get; }

    /// <summary>The BenchmarkDotNet class of its kernels.</summary>
    public abstract Type KernelBenchmarks { get; }

    /// <summary>Constructs it and computes once, see <see cref="StartupMode"/>.</summary>
    public abstract void FirstForward();
}

/// <summary>A network with training code.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The name in tables, filters and JSON.</param>
internal sealed class BenchmarkNetwork<TNetwork>(string name) : BenchmarkNetwork(name)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <inheritdoc/>
    public override IEnumerable<PeerCase> PeerCases =>
        [new ForwardCase<TNetwork>(Name, 1), new ForwardCase<TNetwork>(Name, 64), new TrainCase<TNetwork>(Name)];

    /// <inheritdoc/>
    public override Type KernelBenchmarks => typeof(NetworkBenchmarks<TNetwork>);

    /// <inheritdoc/>
    public override void FirstForward() => StartupMode.FirstForward<TNetwork>();
}
