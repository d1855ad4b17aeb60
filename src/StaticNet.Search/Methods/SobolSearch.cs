using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>Points of a Sobol sequence, which fill the space more evenly than random ones, shifted at random.</summary>
/// <param name="seed">The seed of the shift.</param>
public sealed class SobolSearch(ulong seed = 0) : SearchMethod(seed)
{
    /// <summary>The most dimensions of a space: 21.</summary>
    public static int MostDimensions => SobolSequence.MostDimensions;

    /// <inheritdoc/>
    public override bool UsesResults => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The space has more than 21 dimensions.</exception>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        if (point.Length > SobolSequence.MostDimensions)
            throw new ArgumentException($"Expected a space of at most {SobolSequence.MostDimensions} dimensions for a Sobol sequence, but got {point.Length}; {nameof(RandomSearch)} has no limit.", nameof(space));
        var random = new RandomStream(Seed);
        for (var index = 0; index < point.Length; index++)
        {
            // A shift of the bits keeps what makes the sequence even.
            var coordinate = SobolSequence.Coordinate((uint)trial, index) ^ (uint)(random.NextUInt64() >> 32);
            point[index] = (coordinate + 0.5) / (1L << 32);
        }
    }
}
