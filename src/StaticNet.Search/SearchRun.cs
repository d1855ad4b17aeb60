using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using StaticNet.Search.Journal;
using StaticNet.Training;

namespace StaticNet.Search;

/// <summary>One run of a search: threads that take trials from the journal until there are no more.</summary>
internal sealed class SearchRun(HyperparameterSearch search, SearchJournal journal, Func<Trial, double> objective, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>How often is looked for what other processes have done, and whether the search was cancelled.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Ends the search: it was cancelled, or a trial has failed.</summary>
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    private ExceptionDispatchInfo? _failure;

    private SearchOptions Options => search.Options;

    /// <summary>Whether a trial waits for results of earlier ones.</summary>
    private bool Waits => search.Method.UsesResults || Options.Pruner is not null;

    public SearchResult Run()
    {
        var count = Options.Threads ?? Environment.ProcessorCount;
        count = Math.Min(count, Waits ? Math.Min(Options.Concurrency, search.TrialCount) : search.TrialCount);
        var threads = new List<Thread>();
        for (var index = 1; index < count; index++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"search {index}" };
            threads.Add(thread);
            thread.Start();
        }

        Work();
        foreach (var thread in threads)
            thread.Join();
        _failure?.Throw();
        using var session = journal.Enter();
        ImmutableArray<TrialResult> results = [.. session.Trials.Where(trial => trial.HasEnded).Select(ResultOf)];
        return new SearchResult(search.Space, Options.Goal, results, results.Length >= search.TrialCount);
    }

    public void Dispose() => _end.Dispose();

    private void Work()
    {
        try
        {
            while (Next() is var (trial, record))
                Run(trial, record);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The search ended while another process had the journal.
        }
        catch (Exception exception)
        {
            // Of a thread of its own, an exception reaches the caller by way of this field alone.
            lock (_gate)
                _failure ??= ExceptionDispatchInfo.Capture(exception);
            _end.Cancel();
        }
    }

    /// <summary>The next trial to run; null when there is none, or when the search ends.</summary>
    private (Trial, TrialRecord)? Next()
    {
        lock (_gate)
        {
            while (!_end.IsCancellationRequested && !(Stopwatch.GetElapsedTime(_start) > Options.TimeBudget))
            {
                ImmutableArray<TrialRecord> trials;
                using (var session = journal.Enter(_end.Token))
                {
                    if (session.FindAbandoned() is { } abandoned)
                        return Begin(session, abandoned with { Worker = journal.Worker });
                    if (session.Trials.Count >= search.TrialCount && session.Trials.All(trial => trial.HasEnded))
                        return null;
                    trials = [.. session.Trials];
                }

                // A proposal can take a second, in which other processes have the journal.
                if (Propose(trials) is not { } record)
                {
                    Monitor.Wait(_gate, Pause);
                    continue;
                }

                using (var session = journal.Enter(_end.Token))
                {
                    // If another process was faster, it runs this trial, and the next one is to be proposed.
                    if (session.Trials.Count == record.Number)
                        return Begin(session, record);
                }
            }

            return null;
        }
    }

    private (Trial, TrialRecord) Begin(SearchJournal.Session session, TrialRecord record)
    {
        ImmutableArray<ImmutableArray<double>> others = Options.Pruner is null ? [] : [.. session.Trials.Where(trial => IsKnownTo(record.Number, trial)).Select(LossesOf)];
        session.Begin(record);
        return (new Trial(record.Number, search.Space, record.Values, search.Method.Seed, Options.Goal, Options.Pruner, others, _end.Token), record);
    }

    /// <summary>The next trial; null if there are no more, or if it has to wait.</summary>
    private TrialRecord? Propose(ImmutableArray<TrialRecord> trials)
    {
        var number = trials.Length;
        if (number >= search.TrialCount || (Waits && trials.Any(trial => trial.Number <= number - Options.Concurrency && !trial.HasEnded)))
            return null;
        if (number < search.FirstTrials.Length)
            return new TrialRecord(number, search.FirstTrials[number], search.Space.PointOf(search.FirstTrials[number]), journal.Worker);
        var point = new double[search.Space.Dimensions.Length];
        Observation[] observations = search.Method.UsesResults ? [.. trials.Select(trial => Observe(trial, IsKnownTo(number, trial)))] : [];
        search.Method.Propose(search.Space, number - search.FirstTrials.Length, observations, point);
        var values = search.Space.ValuesAt(point);
        return new TrialRecord(number, values, search.Space.PointOf(values), journal.Worker);
    }

    private Observation Observe(TrialRecord trial, bool isKnown) =>
        new(trial.Number - search.FirstTrials.Length, trial.Point, isKnown ? Options.Goal.LossOf(trial.Value) : double.NaN) { IsPruned = isKnown && trial.Status == TrialStatus.Pruned };

    private ImmutableArray<double> LossesOf(TrialRecord trial) => [.. trial.Reports.Select(report => Options.Goal.LossOf(report))];

    /// <summary>Whether a trial may know the result of another: that depends on the numbers alone, so that it does not matter who is
    /// faster.</summary>
    private bool IsKnownTo(int number, TrialRecord other) => other.HasEnded && other.Number <= number - (Waits ? Options.Concurrency : 1);

    private void Run(Trial trial, TrialRecord record)
    {
        var start = Stopwatch.GetTimestamp();
        double value;
        try
        {
            value = objective(trial);
        }
        catch (TrainingDivergedException)
        {
            value = double.NaN;
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            return;
        }

        // What a training returns that was cut short is not the value of these settings.
        if (_end.IsCancellationRequested)
            return;
        if (trial.IsPruned && trial.Reports is [.., var last])
            value = last;
        var ended = record with
        {
            Status = !double.IsFinite(value) ? TrialStatus.Diverged : trial.IsPruned ? TrialStatus.Pruned : TrialStatus.Completed,
            Value = double.IsFinite(value) ? value : double.NaN,
            Reports = trial.Reports,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
        lock (_gate)
        {
            using (var session = journal.Enter())
                session.End(ended);
            Options.OnTrialEnd?.Invoke(ResultOf(ended));
            Monitor.PulseAll(_gate);
        }
    }

    private TrialResult ResultOf(TrialRecord trial) => new(search.Space, trial.Number, trial.Values, trial.Status!.Value, trial.Value, trial.Reports, trial.Seconds);
}
