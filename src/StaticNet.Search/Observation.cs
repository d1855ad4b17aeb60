using System.Collections.Immutable;

namespace StaticNet.Search;

/// <summary>What a search method knows of an earlier trial.</summary>
/// <param name="Trial">Its number among those that the method proposed, from 0; the user's own trials, which come first, end at −1.</param>
/// <param name="Point">Its point: a number from 0 to 1 for each dimension.</param>
/// <param name="Loss">What is to become small: the trial's value or, if the search maximises, its negative. NaN while the trial
/// is running, and positive infinity where it diverged. A pruned trial has its last reported value.</param>
public sealed record Observation(int Trial, ImmutableArray<double> Point, double Loss)
{
    /// <summary>Whether it was given up: its loss is one of an early step then, and not comparable with those of whole trials.</summary>
    public bool IsPruned { get; init; }

    /// <summary>Whether there is no result yet.</summary>
    public bool IsPending => double.IsNaN(Loss);
}
