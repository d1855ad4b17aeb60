using System.Text.Json.Serialization;

namespace StaticNet.Benchmarks.Peers;

/// <summary>One row of the comparison, as it is written to the JSON file.</summary>
/// <param name="Network">The network's name, <c>mlp-64-64-64-8-relu</c>.</param>
/// <param name="Mode">
/// <c>forward</c>, whose times are per sample, <c>train</c>, whose times are per training step, <c>stream</c>, whose times are per step of the
/// stream, or <c>10 epochs</c>, whose times are of all of them.
/// </param>
/// <param name="Batch">The number of samples a call.</param>
/// <param name="OursP50Ns">Our median, in nanoseconds.</param>
/// <param name="OursP99Ns">What 99 of 100 of our times stay below, in nanoseconds.</param>
/// <param name="Peer"><c>onnxruntime</c>, <c>pytorch</c>, <c>one thread</c>, or a program and machine of a published time; null when it was not found.</param>
/// <param name="PeerVersion">Its version; null where it did not run here.</param>
/// <param name="PeerP50Ns">The peer's median, in nanoseconds.</param>
/// <param name="Ratio">The peer's median over ours: how many times faster we are.</param>
/// <param name="Gflops">What we computed a nanosecond, counted as the direct computation.</param>
/// <param name="ShareOfLimit">The least time that the machine allows over ours.</param>
/// <param name="Limit">What sets that least time: <c>FMA</c>, or the cache that holds the weights.</param>
/// <param name="AddedError">What Winograd's algorithm adds to the error, as a part of the largest output; null where it does not compute.</param>
/// <param name="FmaPeakGflops">The core's FMA peak with its widest vectors, in GFLOP/s.</param>
/// <param name="Processor">The processor: <c>AMD EPYC (Zen 3)</c>.</param>
/// <param name="Runtime">The runtime: <c>.NET 10.0.1</c>.</param>
/// <param name="Version">The version of StaticNet.</param>
internal sealed record PeerResult(
    string Network, string Mode, int Batch, double OursP50Ns, double OursP99Ns, string? Peer, string? PeerVersion, double? PeerP50Ns, double? Ratio,
    double Gflops, double ShareOfLimit, string Limit, double? AddedError, double FmaPeakGflops, string Processor, string Runtime, string Version)
{
    /// <summary>Whether the peer ran here.</summary>
    [JsonIgnore]
    public bool IsMeasured => PeerVersion is not null || Peer == PeerNames.OneThread;
}
