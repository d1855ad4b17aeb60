using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>Independent random points. Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", 2012.</summary>
/// <param name="seed">The seed.</param>
public sealed class RandomSearch(ulong seed = 0) : SearchMethod(seed)
{
    /// <inheritdoc/>
    public override bool UsesResults => false;

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        var random = new RandomStream(Seed, (ulong)trial + 1);
        CandidateSearch.Anywhere(point.Length, ref random).CopyTo(point);
    }
}
