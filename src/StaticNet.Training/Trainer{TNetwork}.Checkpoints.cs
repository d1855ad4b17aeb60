using System.Globalization;
using StaticNet.Data;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <content>Storing a run, and going on with one.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>What must be the same for a run to be resumed.</summary>
    private IReadOnlyDictionary<string, string> _settings = new SortedDictionary<string, string>(StringComparer.Ordinal);

    internal override void SaveCheckpoint(TrainingContext context, string path)
    {
        if (Options.FastDevRun)
            return;
        if (DivergenceCause.InParameters(Weights) is { } cause)
        {
            // Whoever went on from such a checkpoint would diverge at once, and the good ones before it would be gone.
            context.History.Stop(StopReason.Diverged, cause.Message);
            throw new TrainingDivergedException($"No checkpoint is written. {cause.Message}", context.Epoch, context.Batch, context.History, cause.Layer);
        }

        new Checkpoint(_settings, context.Progress, Network.ToStateDict(), Optimizer.ToStateDict(), CallbackStates()).Save(path);
    }

    /// <summary>Finds the checkpoint to go on from, and compares what must agree. Nothing changes.</summary>
    /// <returns>The checkpoint; null to begin at the start.</returns>
    private StoredCheckpoint? FindCheckpoint(string? resumeFrom, DataSource train)
    {
        _settings = Settings(train);
        if (resumeFrom is null || Options.FastDevRun || CheckpointFolder.Open(resumeFrom) is not { } stored)
            return null;
        Require(stored);
        return stored;
    }

    /// <summary>Takes network, optimizer and place from a checkpoint.</summary>
    /// <exception cref="ArgumentException">It does not fit; what has changed is to be restored.</exception>
    private void Take(StoredCheckpoint resumeFrom)
    {
        var checkpoint = resumeFrom.Checkpoint;
        try
        {
            Network.LoadStateDict(checkpoint.Network);
            Optimizer.LoadStateDict(checkpoint.Optimizer);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"The checkpoint does not fit: {exception.Message}", nameof(resumeFrom), exception);
        }

        CompletedEpochs = checkpoint.Progress.CompletedEpochs;
    }

    private TrainingContext Context(BatchLoader loader, int epochs, StoredCheckpoint? stored)
    {
        var progress = stored?.Checkpoint.Progress ?? TrainingProgress.AtStart(CompletedEpochs);
        if (progress.Batch > loader.BatchCount || (progress.Batch < loader.BatchCount && progress.Batch % Options.AccumulateBatches > 0))
            throw new CheckpointException($"Expected a checkpoint between two steps of {Options.AccumulateBatches} of the {loader.BatchCount} batches of an epoch; it is one after batch {progress.Batch}.");
        var batches = Options.FastDevRun ? 1 : loader.BatchCount;
        if (Options.FastDevRun)
            epochs = Math.Min(epochs, 1);
        return new TrainingContext(this, epochs, batches, progress, stored);
    }

    private SortedDictionary<string, string> Settings(DataSource train) => new(StringComparer.Ordinal)
    {
        ["network"] = Description.Name,
        ["optimizer"] = Optimizer.GetType().Name,
        ["samples"] = train.Count.ToString(CultureInfo.InvariantCulture),
        ["batch_size"] = _batchSize.ToString(CultureInfo.InvariantCulture),
        ["accumulate_batches"] = Options.AccumulateBatches.ToString(CultureInfo.InvariantCulture),
        ["network_seed"] = Network.Seed.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Options.Seed.ToString(CultureInfo.InvariantCulture),
        ["shuffle"] = Options.Shuffle ? "yes" : "no",
        ["drop_last"] = Options.DropLast ? "yes" : "no",
        ["sampler"] = Options.Sampler?.GetType().Name ?? "none",
        ["transform"] = Options.Transform?.GetType().Name ?? "none",
    };

    /// <summary>What a callback's state is stored under: its class, counted from 1.</summary>
    private string NameOf(TrainingCallback callback)
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

    /// <summary>Refuses a checkpoint from which this trainer would not go on bit for bit.</summary>
    private void Require(StoredCheckpoint resumeFrom)
    {
        var checkpoint = resumeFrom.Checkpoint;
        var differences = new List<string>();
        foreach (var name in _settings.Keys.Union(checkpoint.Settings.Keys, StringComparer.Ordinal))
        {
            var (expected, came) = (_settings.GetValueOrDefault(name, "none"), checkpoint.Settings.GetValueOrDefault(name, "none"));
            if (expected != came)
                differences.Add($"{name}: {came}, expected {expected}");
        }

        var stateful = CallbackStates().Keys;
        if (!stateful.SequenceEqual(checkpoint.Callbacks.Keys.Order(StringComparer.Ordinal)))
            differences.Add($"callbacks: {List(checkpoint.Callbacks.Keys)}, expected {List(stateful)}");
        if (differences.Count > 0)
            throw new ArgumentException($"The checkpoint is that of another training. {string.Join("; ", differences)}.", nameof(resumeFrom));

        static string List(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
    }
}
