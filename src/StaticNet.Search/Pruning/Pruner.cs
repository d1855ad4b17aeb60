using System.Collections.Immutable;

namespace StaticNet.Search;

/// <summary>Decides which trials are hopeless after what they have reported so far. Derive from it for a rule of your own.</summary>
public abstract class Pruner
{
    /// <summary>Decides.</summary>
    /// <param name="losses">What the trial has reported, one for each step: smaller is better, and positive infinity is what was not finite.</param>
    /// <param name="others">The same of the trials that it may know, finished and pruned ones.</param>
    /// <returns>Whether to give the trial up.</returns>
    public abstract bool IsHopeless(ReadOnlySpan<double> losses, IReadOnlyList<ImmutableArray<double>> others);

    /// <summary>The rule with its settings, by which a journal knows it.</summary>
    /// <returns>The text.</returns>
    public abstract override string ToString();
}
