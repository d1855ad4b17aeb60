namespace StaticNet.Search;

/// <summary>A search method: where to try next. Derive from it for one of your own.</summary>
/// <remarks>
/// A method keeps no state: each proposal follows from the seed, the number of the trial and the results so far. So a search that
/// was interrupted goes on with the same trials, and processes that share a journal agree.
/// </remarks>
public abstract class SearchMethod
{
    /// <summary>Makes a method.</summary>
    /// <param name="seed">The seed of what it draws: the same seed gives the same trials.</param>
    protected SearchMethod(ulong seed) => Seed = seed;

    /// <summary>The seed of what it draws.</summary>
    public ulong Seed { get; }

    /// <summary>Whether proposals depend on results. If not, no trial waits for another.</summary>
    public virtual bool UsesResults => true;

    /// <summary>The number of trials after which the method has tried everything; null (the default) if it never has.</summary>
    /// <param name="space">What is searched.</param>
    /// <returns>The number, or null.</returns>
    public virtual int? TrialCount(SearchSpace space) => null;

    /// <summary>Proposes a point.</summary>
    /// <param name="space">What is searched.</param>
    /// <param name="trial">The number of the trial among those that the method proposes, from 0.</param>
    /// <param name="observations">The earlier trials in order, running ones included; none if <see cref="UsesResults"/> is false.</param>
    /// <param name="point">[dimensions], written: numbers from 0 to 1. Numbers of dimensions that play no part are ignored.</param>
    /// <exception cref="ArgumentException">The space does not suit the method.</exception>
    public abstract void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point);

    /// <summary>The method with its settings, by which a journal knows it.</summary>
    /// <returns>The text: <c>BayesianSearch, seed 1</c>.</returns>
    public override string ToString() => $"{GetType().Name}, seed {Seed}";
}
