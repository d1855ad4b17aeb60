namespace StaticNet.Generator.Planning;

/// <summary>Groups that share a range: all of samples, or of tiles.</summary>
/// <param name="IsByTile">Whether the range counts tiles, those of one group after those of another.</param>
/// <param name="Groups">The groups in order.</param>
/// <param name="Chunk">As many samples as run through the groups together, so that what one kernel writes is in the cache for the next.</param>
internal sealed record TrainingPhase(bool IsByTile, IReadOnlyList<Group> Groups, int Chunk);
