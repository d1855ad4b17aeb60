using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// Refines the best of some trials without derivatives, by quadratics within a trust region (the part that BOBYQA plays): for
/// smooth functions with a good start, such as your own settings in <see cref="SearchOptions.FirstTrials"/>.
/// </summary>
/// <remarks>Choices without an order stay those of the best trial; where there is nothing else, points are random.</remarks>
public sealed class LocalRefinement : SearchMethod
{
    private readonly SearchMethod? _first;

    /// <summary>Makes the method.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="trialsBefore">The number of trials before it, those of your own not counted: 0 to start from these alone. Default: 10.</param>
    /// <param name="first">What proposes these; null for points that fill the space, random ones in more than 21 dimensions.</param>
    public LocalRefinement(ulong seed = 0, int trialsBefore = 10, SearchMethod? first = null)
        : base(seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trialsBefore);
        (TrialsBefore, _first) = (trialsBefore, first);
    }

    /// <summary>The number of trials before it.</summary>
    public int TrialsBefore { get; }

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(observations);
        if (trial >= TrialsBefore && observations.Any(observation => !observation.IsPending))
        {
            var random = new RandomStream(Seed, (ulong)trial + 1);
            TrustRegion.Propose(space, observations, number => number >= TrialsBefore, ref random, point);
        }
        else if (_first is null)
        {
            StartingPoints.Write(space, Seed, trial, point);
        }
        else
        {
            _first.Propose(space, trial, observations, point);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()}, after {TrialsBefore} trials{(_first is null ? "" : $" of {_first}")}";
}
