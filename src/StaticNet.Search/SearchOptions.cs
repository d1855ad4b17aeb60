using System.Collections.Immutable;

namespace StaticNet.Search;

/// <summary>How a search runs.</summary>
public sealed class SearchOptions
{
    /// <summary>The number of trials, those of <see cref="FirstTrials"/> counted, 1 or more. Default: 50.</summary>
    public int Trials { get; init; } = 50;

    /// <summary>Which values are better. Default: small ones.</summary>
    public SearchGoal Goal { get; init; }

    /// <summary>
    /// The number of trials that may run at the same time, 1 or more, if proposals or pruning depend on results: each trial knows the
    /// results of all trials but the last so many, itself counted. The search depends on this number, and not on how many of the
    /// trials really run at the same time. Default: 4.
    /// </summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The number of threads that run trials, 1 or more; null (the default) for one for each core. The results are the same with any
    /// number. Where each thread trains, a trainer with one thread (<see cref="Training.TrainerOptions.Threads"/>) is fastest.</summary>
    public int? Threads { get; init; }

    /// <summary>Gives up trials that are hopeless; null (the default) for none.</summary>
    public Pruner? Pruner { get; init; }

    /// <summary>Trials of your own, which come first. Default: none.</summary>
    /// <example><code>FirstTrials = [[rate.At(1e-3), batch.At(32)]]</code></example>
    public IReadOnlyList<IReadOnlyList<DimensionValue>> FirstTrials { get; init; } = [];

    /// <summary>
    /// A file that holds the trials: a search that was stopped or killed goes on there, and several processes that name the same file
    /// share its trials. It is that of one search: the same space, method, goal, pruner, concurrency and first trials. Null (the default)
    /// for none.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>How long new trials may begin; null (the default) for no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Called after each trial of this process, one call at a time; null (the default) for nothing.</summary>
    public Action<TrialResult>? OnTrialEnd { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">One is outside its range.</exception>
    internal ImmutableArray<ImmutableArray<double>> Check(SearchSpace space, string argument)
    {
        if (Trials < 1)
            throw new ArgumentException($"Expected 1 or more {nameof(Trials)}, but got {Trials}.", argument);
        if (Concurrency < 1)
            throw new ArgumentException($"Expected {nameof(Concurrency)} of 1 or more, but got {Concurrency}.", argument);
        if (Threads < 1)
            throw new ArgumentException($"Expected 1 or more {nameof(Threads)}, but got {Threads}.", argument);
        if (TimeBudget < TimeSpan.Zero)
            throw new ArgumentException($"Expected a {nameof(TimeBudget)} of 0 or more, but got {TimeBudget}.", argument);
        return [.. FirstTrials.Select(trial => space.ValuesOf(trial, argument))];
    }
}
