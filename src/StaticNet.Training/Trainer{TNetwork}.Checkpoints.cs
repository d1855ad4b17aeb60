using StaticNet.Data;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <content>Storing a run, and resuming it.</content>
public sealed partial class Trainer<TNetwork>
{
    internal override void SaveCheckpoint(TrainingContext context, string path)
    {
        if (Options.FastDevRun)
            return;
        if (DivergenceCause.InParameters(Weights) is { } cause)
        {
            // A run from such a checkpoint would diverge immediately, and the good ones before it would be lost.
            context.History.Stop(StopReason.Diverged, cause.Message);
            throw new TrainingDivergedException($"No checkpoint is written. {cause.Message}", context.Epoch, context.Batch, context.History, cause.Layer);
        }

        if (!_hasContent)
            DescribeContent();
        var progress = context.Progress;
        progress = progress with { Stored = context.HistoryFiles.Store(Path.GetDirectoryName(Path.GetFullPath(path))!, progress.Epochs) };
        // Whoever loads it as a network is to have the average, where there is one.
        using var visit = VisitAverage();
        new Checkpoint(_settings, progress, Network.ToStateDict(), Optimizer.ToStateDict(), CallbackStates()).Save(path);
    }

    /// <summary>Finds the checkpoint to continue from, and compares what must agree. Nothing changes.</summary>
    /// <returns>The checkpoint; null to begin at the start.</returns>
    private StoredCheckpoint? FindCheckpoint(string? resumeFrom, int epochs)
    {
        // What samples are made of takes a look at them, so only where it is asked for.
        if (!Options.FastDevRun && (resumeFrom is not null || _callbacks.Any(callback => callback is CheckpointCallback)))
            DescribeContent();
        if (resumeFrom is null || Options.FastDevRun || CheckpointFolder.Open(resumeFrom) is not { } stored)
            return null;
        Require(stored, epochs);
        return stored;
    }

    /// <summary>Takes network, optimizer and place from a checkpoint, and keeps what was changed on purpose.</summary>
    /// <exception cref="ArgumentException">It does not fit; what has changed is to be restored.</exception>
    private void Take(StoredCheckpoint resumeFrom)
    {
        var checkpoint = resumeFrom.Checkpoint;
        var changed = Differences(checkpoint).Select(difference => difference.Name).ToHashSet(StringComparer.Ordinal);
        var left = checkpoint.Settings.Where(setting => IsLeftToCheckpoint(setting.Key)).ToArray();
        var scaling = Weights.Scaling;
        var putSchemaBack = Weights.RememberSchema();
        try
        {
            Network.LoadStateDict(checkpoint.Network);
            if (changed.Contains(SchemaSetting))
                putSchemaBack();
            if (changed.Any(name => IsAtOrBelow(name, ScalingSetting)))
                Network.SetScaling(scaling.Inputs, scaling.Targets);
            // An optimizer of another class, which is allowed then, has no use for the state: it begins again.
            if (!changed.Contains("optimizer"))
                TakeOptimizer(checkpoint, changed);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"The checkpoint does not fit: {exception.Message}", nameof(resumeFrom), exception);
        }

        foreach (var (name, value) in left)
            _settings[name] = value;
        (CompletedEpochs, CompletedSteps) = (checkpoint.Progress.CompletedEpochs, checkpoint.Progress.CompletedSteps);
    }

    /// <summary>Takes the optimizer's state, without those learning rates that the program has otherwise, and what it has frozen.</summary>
    private void TakeOptimizer(Checkpoint checkpoint, HashSet<string> changed)
    {
        var (rate, groupRates) = (Optimizer.LearningRate, Optimizer.Groups.Select(group => group.LearningRate).ToArray());
        var frozen = Optimizer.FrozenParameters;
        Optimizer.LoadStateDict(checkpoint.Optimizer);
        if (changed.Contains(RateSetting))
            Optimizer.LearningRate = rate;
        for (var index = 0; index < groupRates.Length; index++)
        {
            if (changed.Contains(GroupRateSetting(index)))
                Optimizer.Groups[index].LearningRate = groupRates[index];
        }

        if (!changed.Contains(FrozenSetting))
            return;
        foreach (var name in Optimizer.FrozenParameters.Except(frozen, StringComparer.Ordinal))
            Optimizer.Unfreeze(name);
        foreach (var name in frozen)
            Optimizer.Freeze(name);
    }

    private TrainingContext Context(BatchLoader loader, int epochs, TrainingData train, bool hasValidation, StoredCheckpoint? stored, CancellationToken token)
    {
        var progress = stored?.Checkpoint.Progress ?? Read(() => PlaceInEpoch(train), token) ?? TrainingProgress.AtStart(CompletedEpochs, CompletedSteps);
        if (progress.Batch > loader.BatchCount || (progress.Batch < loader.BatchCount && progress.Batch % Options.AccumulateBatches > 0))
            throw new CheckpointException($"Expected a checkpoint between two steps of {Options.AccumulateBatches} of the {loader.BatchCount} batches of an epoch; it is one after batch {progress.Batch}.");
        var hasChanged = stored is not null && (Differences(stored.Checkpoint).Any() || CallbackDifferences(stored.Checkpoint).Count > 0);
        if (!IsEndBinding(progress, hasChanged))
            progress = progress with { StopMessage = null, StoppedBy = null };
        var batches = Options.FastDevRun ? 1 : loader.BatchCount;
        if (Options.FastDevRun)
            epochs = Math.Min(epochs, 1);
        return new TrainingContext(this, epochs, batches, progress, stored, hasChanged)
        {
            HasValidation = hasValidation,
            FigureNames = new EpochResult(0, 0, Options.TrainingMetrics ? _metrics.Unmeasured() : [], hasValidation ? 0 : null, hasValidation ? _metrics.Unmeasured() : [], 0, 0).Names().ToArray(),
        };
    }

    /// <summary>
    /// Whether a run that a callback has ended stays so: not where the callback decides again, or where something was changed on purpose.
    /// </summary>
    private bool IsEndBinding(TrainingProgress progress, bool hasChanged) =>
        !hasChanged && !IsAllowed(CallbacksSetting) && !_callbacks.Any(callback => NameOf(callback) == progress.StoppedBy);

    /// <summary>Says what of the program has no effect, since a checkpoint has all epochs that were asked for.</summary>
    private void WarnOfFinished(TrainingContext context, Checkpoint checkpoint)
    {
        var unused = Differences(checkpoint).Where(difference => _program.Has(difference.Name)).Select(difference => $"{difference.Name}: {difference.Stored}, now {difference.Present}").ToArray();
        if (unused.Length > 0)
            Warn(context, TrainingWarning.FinishedCheckpoint, $"The checkpoint has all epochs of this call of Fit, so nothing is trained. It was trained with other settings: {string.Join("; ", unused)}.");
    }

    /// <summary>Gives a callback its state in the checkpoint.</summary>
    private void TakeState(TrainingContext context, TrainingCallback callback, Checkpoint checkpoint)
    {
        var name = NameOf(callback);
        if (!checkpoint.Callbacks.TryGetValue(name, out var state))
            return;
        try
        {
            callback.LoadStateDict(state);
        }
        catch (Exception exception) when (exception is ArgumentException or CheckpointException && IsAllowed($"{CallbacksSetting}.{name}"))
        {
            Warn(context, TrainingWarning.CallbackState, $"{name} starts again, since the checkpoint has a different state: {exception.Message}");
        }
    }

    internal override string NameOf(TrainingCallback callback)
    {
        var name = callback.GetType().Name;
        var before = _callbacks.TakeWhile(other => !ReferenceEquals(other, callback)).Count(other => other.GetType().Name == name);
        return $"{name}{before + 1}";
    }

    /// <summary>The states of the callbacks that have one.</summary>
    private SortedDictionary<string, StateDict> CallbackStates()
    {
        var states = new SortedDictionary<string, StateDict>(StringComparer.Ordinal);
        foreach (var callback in _callbacks)
        {
            if (callback.ToStateDict() is { } state)
                states.Add(NameOf(callback), state);
        }

        return states;
    }

    /// <summary>Refuses a checkpoint from which this trainer would not continue as it would have without an interruption.</summary>
    private void Require(StoredCheckpoint resumeFrom, int epochs)
    {
        var checkpoint = resumeFrom.Checkpoint;
        // A program of several calls of Fit that was interrupted in a later one passes through those before again, with what it says there.
        var isBehind = checkpoint.Progress.CompletedEpochs >= (long)checkpoint.Progress.FirstEpoch + epochs;
        var problems = new List<string>();
        foreach (var (name, stored, present) in Differences(checkpoint))
        {
            if (_program.Has(name) && (isBehind || _program.IsChanged(name)))
                continue;
            if (!IsAllowed(name))
                problems.Add($"{name}: {stored}, expected {present}");
            else if (checkpoint.Progress.IsInEpoch && OrderSettings.Any(setting => IsAtOrBelow(name, setting)))
                problems.Add($"{name}: {stored}, expected {present} (it may change between epochs only; the checkpoint is one after batch {checkpoint.Progress.Batch} of an epoch)");
        }

        if (CallbackDifferences(checkpoint).Any(name => !IsAllowed($"{CallbacksSetting}.{name}")))
            problems.Add($"{CallbacksSetting}: {List(checkpoint.Callbacks.Keys.Order(StringComparer.Ordinal))}, expected {List(CallbackStates().Keys)}");
        if (problems.Count > 0)
        {
            throw new ArgumentException(
                $"The checkpoint is from a different training run. It has {string.Join("; ", problems)}. Name what may differ in {nameof(TrainerOptions.AllowedChanges)}.",
                nameof(resumeFrom));
        }

        static string List(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
    }
}
