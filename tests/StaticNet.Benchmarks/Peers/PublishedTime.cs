namespace StaticNet.Benchmarks.Peers;

/// <summary>A time that others have published of a program that is not run here, on another machine.</summary>
/// <param name="Peer">The program and what it ran on.</param>
/// <param name="Nanoseconds">The time.</param>
internal sealed record PublishedTime(string Peer, double Nanoseconds);
