using System.Globalization;
using StaticNet.Data;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <content>Storing a run, and going on with one.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>The settings that choose the samples of an epoch and their order.</summary>
    private static readonly string[] OrderSettings = ["samples", "batch_size", "drop_last", "seed", "shuffle", "sampler", "stream"];

    /// <summary>What must be the same for a run to be resumed.</summary>
    private IReadOnlyDictionary<string, string> _settings = new SortedDictionary<string, string>(StringComparer.Ordinal);

    private Dictionary<string, string>? _optimizerSettings;

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
    private StoredCheckpoint? FindCheckpoint(string? resumeFrom, TrainingData train)
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
            TakeOptimizer(checkpoint);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"The checkpoint does not fit: {exception.Message}", nameof(resumeFrom), exception);
        }

        CompletedEpochs = checkpoint.Progress.CompletedEpochs;
    }

    /// <summary>Takes the optimizer's state, without those learning rates that were changed on purpose.</summary>
    private void TakeOptimizer(Checkpoint checkpoint)
    {
        var changed = Differences(checkpoint).Select(difference => difference.Name).ToHashSet(StringComparer.Ordinal);
        var (rate, groupRates) = (Optimizer.LearningRate, Optimizer.Groups.Select(group => group.LearningRate).ToArray());
        Optimizer.LoadStateDict(checkpoint.Optimizer);
        if (changed.Contains("optimizer.learning_rate"))
            Optimizer.LearningRate = rate;
        for (var index = 0; index < groupRates.Length; index++)
        {
            if (changed.Contains(string.Create(CultureInfo.InvariantCulture, $"optimizer.groups.{index}.learning_rate")))
                Optimizer.Groups[index].LearningRate = groupRates[index];
        }
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

    private SortedDictionary<string, string> Settings(TrainingData train)
    {
        if (_optimizerSettings is null || Optimizer.StepCount == 0)
        {
            // As it was given: its learning rates may change in training.
            _optimizerSettings = [];
            new SettingList(_optimizerSettings).AddPart("optimizer", Optimizer);
        }

        var entries = new SortedDictionary<string, string>(_optimizerSettings, StringComparer.Ordinal);
        var settings = new SettingList(entries);
        settings.Add("network", Description.Name);
        settings.Add("network_seed", Network.Seed);
        train.Describe(settings);
        settings.Add("batch_size", _batchSize);
        settings.Add("accumulate_batches", Options.AccumulateBatches);
        settings.Add("seed", Options.Seed);
        settings.Add("shuffle", Options.Shuffle);
        settings.Add("drop_last", Options.DropLast);
        settings.AddPart("sampler", Options.Sampler);
        settings.AddPart("transform", Options.Transform);
        return entries;
    }

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

    /// <summary>Refuses a checkpoint from which this trainer would not go on as it would have without an interruption.</summary>
    private void Require(StoredCheckpoint resumeFrom)
    {
        var checkpoint = resumeFrom.Checkpoint;
        var problems = new List<string>();
        foreach (var (name, stored, present) in Differences(checkpoint))
        {
            if (!IsAllowed(name))
                problems.Add($"{name}: {stored}, expected {present}");
            else if (checkpoint.Progress.IsInEpoch && OrderSettings.Any(setting => IsAtOrBelow(name, setting)))
                problems.Add($"{name}: {stored}, expected {present} (it may change between epochs only; the checkpoint is one after batch {checkpoint.Progress.Batch} of an epoch)");
        }

        var stateful = CallbackStates().Keys;
        if (!stateful.SequenceEqual(checkpoint.Callbacks.Keys.Order(StringComparer.Ordinal)))
            problems.Add($"callbacks: {List(checkpoint.Callbacks.Keys)}, expected {List(stateful)}");
        if (problems.Count > 0)
        {
            throw new ArgumentException(
                $"The checkpoint is that of another training. {string.Join("; ", problems)}. What may differ is to be named in {nameof(TrainerOptions.AllowedChanges)}.",
                nameof(resumeFrom));
        }

        static string List(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
    }

    /// <summary>The settings that the checkpoint has otherwise than this trainer.</summary>
    private IEnumerable<(string Name, string Stored, string Present)> Differences(Checkpoint checkpoint) =>
        from name in _settings.Keys.Union(checkpoint.Settings.Keys, StringComparer.Ordinal)
        let stored = checkpoint.Settings.GetValueOrDefault(name, "none")
        let present = _settings.GetValueOrDefault(name, "none")
        where stored != present
        select (name, stored, present);

    private bool IsAllowed(string setting) => Options.AllowedChanges.Any(allowed => IsAtOrBelow(setting, allowed));

    private static bool IsAtOrBelow(string setting, string above) =>
        setting.StartsWith(above, StringComparison.Ordinal) && (setting.Length == above.Length || setting[above.Length] == '.');
}
