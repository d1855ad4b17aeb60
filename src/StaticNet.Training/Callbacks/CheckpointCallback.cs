using System.Diagnostics;
using StaticNet.Training.Checkpoints;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>
/// Writes checkpoints into a folder: the last ones, from which <c>Fit(…, resumeFrom: folder)</c> continues bit for bit, and those
/// of the best epochs.
/// </summary>
/// <remarks>
/// <para>The last ones are <c>checkpoint-000012.safetensors</c>, numbered as they were written; those of best epochs are
/// <c>best-epoch-7.safetensors</c>, or <c>best-step-1400.safetensors</c> if figures are measured by steps
/// (<see cref="TrainerOptions.ValidateEvery"/>). Each is replaced as a whole, so a crash at any moment leaves complete files, and
/// each is a safetensors file whose parameters a network loads with <c>LoadSafetensors(path, strict: false)</c>.</para>
/// <para>In a long run, the first epochs of the history are in separate files next to them, fifty in each
/// <c>history-000001-….safetensors</c>, which is written once, so a checkpoint takes no longer after many epochs than after
/// few.</para>
/// <para>They are written at the end of epochs and of the run, when an epoch is interrupted (cancelled, out of time or steps),
/// and in between according to <see cref="EverySteps"/>, <see cref="EveryBatches"/> and <see cref="Interval"/>. Only writing
/// allocates.</para>
/// <para>During a run, the file <c>checkpoints.lock</c> keeps other runs, including those of other processes, out of the
/// folder.</para>
/// </remarks>
/// <example><code>
/// var checkpoints = new CheckpointCallback("run1") { Interval = TimeSpan.FromMinutes(5), Monitor = "validation_accuracy", KeepBest = 3 };
/// var trainer = Trainer.For(network, new Adam(), new TrainerOptions { Callbacks = [checkpoints] });
/// trainer.Fit(train, epochs: 10, validation: test, resumeFrom: "run1");
/// </code></example>
public sealed class CheckpointCallback : TrainingCallback
{
    private static readonly StringComparison PathComparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly List<string> _last = [];
    private readonly List<(BestPlace Place, double Value)> _best = [];
    private readonly int? _everyBatches;
    private readonly int? _everySteps;
    private readonly TimeSpan? _interval;
    private readonly int _keepLast = 2;
    private readonly int _keepBest = 1;
    private FolderLock? _lock;
    private Trainer? _owner;
    private long _nextNumber = 1;
    private long _lastWritten;
    private int _batchesSince;
    private bool _unwritten;
    private bool _failed;

    /// <summary>Makes the callback.</summary>
    /// <param name="folder">Where the checkpoints are written; it is created if it does not exist. Use a separate folder for each
    /// run.</param>
    public CheckpointCallback(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder of the checkpoints.</summary>
    public string Folder { get; }

    /// <summary>Whether one is written at the end of each epoch, and not only at that of the run. Default: true.</summary>
    public bool EveryEpoch { get; init; } = true;

    /// <summary>The number of batches of an epoch after which a checkpoint is written each time, 1 or more; null (the default)
    /// for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int? EveryBatches
    {
        get => _everyBatches;
        init => _everyBatches = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EveryBatches), value, "Expected 1 or more batches, or null.");
    }

    /// <summary>
    /// The number of the optimizer's steps after which a checkpoint is written each time, 1 or more: after the steps whose number
    /// (<see cref="Trainer.CompletedSteps"/>) it divides; null (the default) for none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int? EverySteps
    {
        get => _everySteps;
        init => _everySteps = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, "Expected 1 or more steps, or null.");
    }

    /// <summary>The time after which a checkpoint is written, at the end of a batch; null (the default) for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? Interval
    {
        get => _interval;
        init => _interval = value is null || value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Interval), value, "Expected a time of 0 or more, or null.");
    }

    /// <summary>How many of the last checkpoints are kept, 1 or more. Default: 2, so a file damaged on disk costs
    /// little.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int KeepLast
    {
        get => _keepLast;
        init => _keepLast = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(KeepLast), value, "Expected 1 or more.");
    }

    /// <summary>
    /// The figure whose best epochs are kept: <c>loss</c> or a metric's name, with <c>validation_</c> in front for that of the
    /// validation samples (see <see cref="EpochResult.TryGet"/>). Null (the default): none.
    /// </summary>
    public string? Monitor { get; init; }

    /// <summary>How many of the best epochs are kept, 1 or more; of equal ones, the earlier. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int KeepBest
    {
        get => _keepBest;
        init => _keepBest = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(KeepBest), value, "Expected 1 or more.");
    }

    /// <summary>The last checkpoint; null before the first.</summary>
    public string? LastPath => _last.Count == 0 ? null : _last[^1];

    /// <summary>The checkpoints of the best epochs or steps, best first.</summary>
    public IReadOnlyList<string> BestPaths => [.. _best.Select(best => CheckpointFolder.BestPath(Folder, best.Place))];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The folder has checkpoints of another run, which would be lost.</exception>
    /// <exception cref="IOException">Another run is writing into the folder, or it cannot be created.</exception>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _failed = false;
        _unwritten = false;
        _lastWritten = Stopwatch.GetTimestamp();
        _batchesSince = 0;
        if (context.Trainer.Options.FastDevRun)
            return;
        CheckpointFolder.Guarded(Folder, () => Directory.CreateDirectory(Folder));
        _lock = FolderLock.Take(Folder);
        try
        {
            if (context.IsResumed || !ReferenceEquals(_owner, context.Trainer) || !HoldsOwnFiles())
                TakeFolder(context);
        }
        catch
        {
            ReleaseFolder();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _batchesSince++;
        _unwritten = true;
    }

    /// <inheritdoc/>
    public override void OnStepEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_batchesSince >= EveryBatches || context.Step % EverySteps == 0 || (Interval is { } interval && Stopwatch.GetElapsedTime(_lastWritten) >= interval))
            Write(context);
    }

    /// <inheritdoc/>
    internal override void OnStepMeasured(TrainingContext context, StepResult result)
    {
        if (Monitor is not null && context.IsMeasuredBySteps(Monitor))
            KeepIfBest(context, new BestPlace(context.Step, IsStep: true), EarlyStopping.Require(result, Monitor, "The checkpoint callback"));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such figure as <see cref="Monitor"/>.</exception>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _unwritten = true;
        // The best first: whatever happens in between, a run that continues from the last checkpoint gets here again.
        if (Monitor is not null && !context.IsMeasuredBySteps(Monitor))
            KeepIfBest(context, new BestPlace(context.Epoch, IsStep: false), EarlyStopping.Require(context, Monitor, "The checkpoint callback"));
        if (EveryEpoch)
            Write(context);
    }

    /// <inheritdoc/>
    public override void OnEpochInterrupted(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Write(context);
    }

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception) => _failed = true;

    /// <inheritdoc/>
    /// <remarks>This writes the last checkpoint of a run, if there is none for its end yet. After an exception, none is
    /// written.</remarks>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            if (_failed)
                return;
            _owner = context.Trainer;
            if (_unwritten)
                Write(context);
        }
        finally
        {
            ReleaseFolder();
        }
    }

    private void ReleaseFolder()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private void Write(TrainingContext context)
    {
        _lastWritten = Stopwatch.GetTimestamp();
        _batchesSince = 0;
        _unwritten = false;
        if (context.Trainer.Options.FastDevRun)
            return;
        var path = CheckpointFolder.LastPath(Folder, _nextNumber++);
        context.SaveCheckpoint(path);
        _owner = context.Trainer;
        _last.Add(path);
        for (; _last.Count > KeepLast; _last.RemoveAt(0))
            CheckpointFolder.Remove(_last[0]);
    }

    private void KeepIfBest(TrainingContext context, BestPlace place, MetricValue figure)
    {
        if (double.IsNaN(figure.Value) || context.Trainer.Options.FastDevRun)
            return;
        Rank(place, figure);
        if (_best.FindIndex(best => best.Place == place) < KeepBest)
            context.SaveCheckpoint(CheckpointFolder.BestPath(Folder, place));
        for (; _best.Count > KeepBest; _best.RemoveAt(_best.Count - 1))
            CheckpointFolder.Remove(CheckpointFolder.BestPath(Folder, _best[^1].Place));
    }

    private void Rank(BestPlace place, MetricValue figure)
    {
        // An epoch that comes again takes its own place.
        _best.RemoveAll(best => best.Place == place);
        var rank = _best.FindIndex(best => figure.HigherIsBetter ? figure.Value > best.Value : figure.Value < best.Value);
        _best.Insert(rank < 0 ? _best.Count : rank, (place, figure.Value));
    }

    /// <summary>Finds what an interrupted run has left in the folder.</summary>
    private void TakeFolder(TrainingContext context)
    {
        var files = CheckpointFolder.Last(Folder);
        var best = CheckpointFolder.Best(Folder);
        if (files.Count + best.Count > 0 && !IsOurs(context))
        {
            throw new InvalidOperationException(
                $"{Folder} holds {files.Count + best.Count} checkpoints of another run. Resume from it, or give this run another folder.");
        }

        CheckpointFolder.RemoveTemporaries(Folder);
        _last.Clear();
        // Damaged files would count among the last ones, and push whole ones out.
        _last.AddRange(files.Select(file => file.Path).Except(context.ResumedFrom?.Damaged.Select(damaged => damaged.Path) ?? []));
        _nextNumber = files.Count == 0 ? 1 : files[^1].Number + 1;
        _best.Clear();
        if (Monitor is not null)
            RankBest(context, Monitor, best);
    }

    /// <summary>Whether nobody has written into the folder since the run before.</summary>
    private bool HoldsOwnFiles() => CheckpointFolder.Last(Folder).All(file => file.Number < _nextNumber);

    /// <summary>Whether the run continues from a checkpoint of the folder.</summary>
    private bool IsOurs(TrainingContext context) =>
        context.ResumedFrom is { } from && string.Equals(Path.GetDirectoryName(from.Path), Path.TrimEndingDirectorySeparator(Folder), PathComparison);

    /// <summary>
    /// Ranks the best epochs that are there by the history of the run. Those beyond it will come again, as they were.
    /// </summary>
    private void RankBest(TrainingContext context, string monitor, List<(BestPlace Place, string Path)> files)
    {
        foreach (var (place, _) in files)
        {
            var (step, epoch) = place.IsStep
                ? (context.History.Steps.FirstOrDefault(result => result.Step == place.Number), null)
                : ((StepResult?)null, context.History.Epochs.FirstOrDefault(result => result.Epoch == place.Number));
            if (step is not null && step.TryGet(monitor, out var figure) || epoch is not null && epoch.TryGet(monitor, out figure))
                Rank(place, figure);
        }
    }
}
