namespace StaticNet.Generator.Kernels;

/// <summary>Kernels that share a range: all of samples, or of tiles.</summary>
/// <param name="IsByTile">Whether the range counts tiles, those of one kernel after those of another.</param>
/// <param name="Kernels">The kernels in order.</param>
/// <param name="Chunk">As many samples as run through the kernels together.</param>
internal sealed record KernelPhase(bool IsByTile, IReadOnlyList<Kernel> Kernels, int Chunk);
