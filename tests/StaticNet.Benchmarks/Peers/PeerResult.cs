namespace StaticNet.Benchmarks.Peers;

/// <summary>One row of the comparison, as it is written to the JSON file.</summary>
/// <param name="Network">The network's name, <c>mlp-64-64-64-8-relu</c>.</param>
/// <param name="Mode"><c>forward</c>, whose times are per sample, <c>train</c>, whose times are per training step, or <c>stream</c>, whose times are per step of the stream.</param>
/// <param name="Batch">The number of samples a call.</param>
/// <param name="OursP50Ns">Our median, in nanoseconds.</param>
/// <param name="Peer"><c>onnxruntime</c> or <c>pytorch</c>; null when it was not found.</param>
/// <param name="PeerP50Ns">The peer's median, in nanoseconds.</param>
/// <param name="Ratio">The peer's median over ours: how many times faster we are.</param>
/// <param name="FmaPeakGflops">The core's FMA peak with its widest vectors, in GFLOP/s.</param>
internal sealed record PeerResult(
    string Network, string Mode, int Batch, double OursP50Ns, string? Peer, double? PeerP50Ns, double? Ratio, double FmaPeakGflops);
