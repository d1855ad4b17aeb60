using System.Collections.Immutable;
using StaticNet.Search.Journal;

namespace StaticNet.Search;

/// <summary>Looks for values with which an objective is best, such as the accuracy of a network after training.</summary>
/// <remarks>
/// <para>Measure on validation samples: what a search has seen can no longer tell how good the result is. Test samples are used
/// once, on the network that is trained with the best values.</para>
/// <para>The results follow from the space, the method with its seed, and the first trials, goal, pruner and concurrency of the options,
/// if the objective is the same for the same values: not from the number of threads or processes, nor from interruptions.</para>
/// </remarks>
/// <example><code>
/// var rate = new LogDimension("learning_rate", 1e-4, 1e-1);
/// var search = new HyperparameterSearch(new SearchSpace(rate), new BayesianSearch(), new SearchOptions { Trials = 30, Journal = "search.jsonl" });
/// SearchResult result = search.Run(trial => Loss(trial.Get(rate)));
/// Console.WriteLine(result.Best);
/// </code></example>
public sealed class HyperparameterSearch
{
    /// <summary>Makes a search.</summary>
    /// <param name="space">What is varied.</param>
    /// <param name="method">What proposes the trials.</param>
    /// <param name="options">How the search runs; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the space does not suit the method.</exception>
    public HyperparameterSearch(SearchSpace space, SearchMethod method, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(method);
        (Space, Method, Options) = (space, method, options ?? new SearchOptions());
        FirstTrials = Options.Check(space, nameof(options));
        TrialCount = method.TrialCount(space) is { } count ? (int)Math.Min((long)FirstTrials.Length + count, Options.Trials) : Options.Trials;
    }

    /// <summary>What is varied.</summary>
    public SearchSpace Space { get; }

    /// <summary>What proposes the trials.</summary>
    public SearchMethod Method { get; }

    /// <summary>How the search runs.</summary>
    public SearchOptions Options { get; }

    /// <summary>The number of trials: that of the options, or fewer if the method has no more.</summary>
    public int TrialCount { get; }

    internal ImmutableArray<ImmutableArray<double>> FirstTrials { get; }

    /// <summary>Runs the trials that are still to run.</summary>
    /// <param name="objective">Runs one trial and returns its value. With several threads, it is called on each of them at the same
    /// time. A value that is not finite, or a <see cref="Training.TrainingDivergedException"/>, is the worst.</param>
    /// <param name="cancellationToken">Ends the search, as an exception of a trial does; the trials that are running are not kept.</param>
    /// <returns>All trials of the journal that have ended, those of earlier runs and of other processes included, with the best so
    /// far.</returns>
    /// <exception cref="Data.DataFormatException">The journal is of another search, or damaged.</exception>
    /// <exception cref="IOException">The journal cannot be read and written.</exception>
    /// <exception cref="ArgumentException">The space does not suit the method.</exception>
    public SearchResult Run(Func<Trial, double> objective, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var journal = new SearchJournal(Options.Journal, new JournalFormat(Space, Method, Options, FirstTrials));
        using var run = new SearchRun(this, journal, objective, cancellationToken);
        return run.Run();
    }
}
