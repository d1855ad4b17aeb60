using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Something that a peer does as well: it is computed by both, compared, and then measured.</summary>
/// <param name="network">The network's name.</param>
/// <param name="mode"><c>forward</c>, <c>train</c> or <c>stream</c>.</param>
/// <param name="batch">The number of samples a call, or of steps.</param>
internal abstract class PeerCase(string network, string mode, int batch)
{
    /// <summary>The network's name.</summary>
    public string Network => network;

    /// <summary><c>forward</c>, <c>train</c> or <c>stream</c>.</summary>
    public string Mode => mode;

    /// <summary>The number of samples a call, or of steps.</summary>
    public int Batch => batch;

    /// <summary>The name of the peer.</summary>
    public abstract string Peer { get; }

    /// <summary>What a filter is looked for in.</summary>
    public string FullName => $"{Network} {Mode} {Batch} {Peer}";

    /// <summary>What is not on this machine and has to be; null: nothing.</summary>
    public virtual string? Missing => null;

    /// <summary>Compares and measures.</summary>
    /// <param name="peers">The peers that were found.</param>
    /// <exception cref="PeerException">The peer computes something else than we do.</exception>
    public abstract PeerMeasurement Measure(FoundPeers peers);
}

/// <summary>What was measured of a case.</summary>
/// <param name="Ours">Our times: per sample in mode <c>forward</c>, per step in the modes <c>train</c> and <c>stream</c>.</param>
/// <param name="Theirs">The peer's, or null when it was not found.</param>
/// <param name="Work">What the times are for.</param>
/// <param name="Samples">How many of these times make up the work.</param>
internal sealed record PeerMeasurement(Timing Ours, Timing? Theirs, Work Work, int Samples);
