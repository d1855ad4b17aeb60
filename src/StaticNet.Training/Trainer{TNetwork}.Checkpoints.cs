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

        var callbacks = new SortedDictionary<string, StateDict>(StringComparer.Ordinal);
        foreach (var (name, callback) in NamedCallbacks())
        {
            if (callback.ToStateDict() is { } state)
                callbacks.Add(name, state);
        }

        new Checkpoint(_settings, context.Progress, Network.ToStateDict(), Optimizer.ToStateDict(), callbacks).Save(path);
    }

    /// <summary>Takes network and optimizer from a checkpoint. On an error nothing changes.</summary>
    /// <returns>The checkpoint; null to begin at the start.</returns>
    private Checkpoint? OpenCheckpoint(string? path, DataSource train)
    {
        _settings = Settings(train);
        if (path is null || Options.FastDevRun || CheckpointFolder.Open(path, Options.Warnings) is not { } checkpoint)
            return null;

        Require(checkpoint);
        var before = Network.ToStateDict();
        try
        {
            Network.LoadStateDict(checkpoint.Network);
            Optimizer.LoadStateDict(checkpoint.Optimizer);
        }
        catch (ArgumentException exception)
        {
            Network.LoadStateDict(before);
            throw new ArgumentException($"The checkpoint does not fit: {exception.Message}", nameof(path), exception);
        }

        CompletedEpochs = checkpoint.Progress.CompletedEpochs;
        return checkpoint;
    }

    private TrainingContext Context(BatchLoader loader, int epochs, Checkpoint? checkpoint)
    {
        if (checkpoint?.Progress.Batch > loader.BatchCount)
            throw new CheckpointException($"Expected a checkpoint of at most {loader.BatchCount} batches in an epoch; it has {checkpoint.Progress.Batch}.");
        var batches = Options.FastDevRun ? 1 : loader.BatchCount;
        if (Options.FastDevRun)
            epochs = Math.Min(epochs, 1);
        var progress = checkpoint?.Progress ?? TrainingProgress.AtStart(CompletedEpochs);
        return new TrainingContext(this, epochs, batches, progress, isResumed: checkpoint is not null);
    }

    private void RestoreCallbacks(Checkpoint? checkpoint)
    {
        if (checkpoint is null)
            return;
        foreach (var (name, callback) in NamedCallbacks())
        {
            if (checkpoint.Callbacks.TryGetValue(name, out var state))
                callback.LoadStateDict(state);
        }
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

    /// <summary>The callbacks by what their states are stored under: their class, counted from 1.</summary>
    private IEnumerable<(string Name, TrainingCallback Callback)> NamedCallbacks() =>
        from callbacks in _callbacks.GroupBy(callback => callback.GetType().Name)
        from entry in callbacks.Select((callback, index) => ($"{callbacks.Key}{index + 1}", callback))
        select entry;

    /// <summary>Refuses a checkpoint from which this trainer would not go on bit for bit.</summary>
    private void Require(Checkpoint checkpoint)
    {
        var differences = new List<string>();
        foreach (var name in _settings.Keys.Union(checkpoint.Settings.Keys, StringComparer.Ordinal))
        {
            var (expected, came) = (_settings.GetValueOrDefault(name, "none"), checkpoint.Settings.GetValueOrDefault(name, "none"));
            if (expected != came)
                differences.Add($"{name}: {came}, expected {expected}");
        }

        var stateful = NamedCallbacks().Where(entry => entry.Callback.ToStateDict() is not null).Select(entry => entry.Name).Order(StringComparer.Ordinal).ToArray();
        if (!stateful.SequenceEqual(checkpoint.Callbacks.Keys.Order(StringComparer.Ordinal)))
            differences.Add($"callbacks: {List(checkpoint.Callbacks.Keys)}, expected {List(stateful)}");
        if (differences.Count > 0)
            throw new ArgumentException($"The checkpoint is that of another training. {string.Join("; ", differences)}.", nameof(checkpoint));

        static string List(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
    }
}
