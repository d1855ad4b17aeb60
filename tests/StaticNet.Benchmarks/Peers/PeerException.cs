namespace StaticNet.Benchmarks.Peers;

/// <summary>A peer failed, or computes something else than we do: there is nothing to measure.</summary>
/// <param name="message">What happened.</param>
internal sealed class PeerException(string message) : Exception(message);
