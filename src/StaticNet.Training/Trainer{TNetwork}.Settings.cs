using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using StaticNet.Data;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <content>What must agree for a run to be resumed.</content>
public sealed partial class Trainer<TNetwork>
{
    private const string RateSetting = "optimizer.learning_rate";
    private const string FrozenSetting = "optimizer.frozen";
    private const string ScalingSetting = "scaling";
    private const string SchemaSetting = "schema";
    private const string CallbacksSetting = "callbacks";

    /// <summary>The settings that choose the samples of an epoch and their order.</summary>
    private static readonly string[] OrderSettings = ["samples", "batch_size", "drop_last", "seed", "shuffle", "sampler", "stream"];

    private readonly ProgramSettings _program;

    /// <summary>What must be the same for a run to be resumed.</summary>
    private SortedDictionary<string, string> _settings = new(StringComparer.Ordinal);

    /// <summary>The samples of the run.</summary>
    private (TrainingData Train, DataSource? Validation) _data;

    /// <summary>Whether what they are made of is among the settings.</summary>
    private bool _hasContent;

    /// <summary>The epoch that the last run has not finished, and the samples that it was trained with.</summary>
    private (TrainingProgress Place, TrainingData Data)? _unfinished;

    /// <summary>Everything that a run's future depends on beside its state.</summary>
    private SortedDictionary<string, string> Settings(TrainingData train, DataSource? validation)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var settings = new SettingList(entries);
        settings.AddPart("optimizer", Optimizer);
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
        settings.Add("validation", validation?.Count);
        settings.Add("validate_every", Options.ValidateEvery);
        Describe(settings, $"{ScalingSetting}.inputs", Weights.Scaling.Inputs);
        Describe(settings, $"{ScalingSetting}.targets", Weights.Scaling.Targets);
        settings.Add(SchemaSetting, Weights.Schema is { } schema ? ContentOf(schema) : null);
        foreach (var (name, value) in _program.Said)
            entries[name] = value;
        return entries;
    }

    /// <summary>Adds what the samples are made of to the settings.</summary>
    private void DescribeContent()
    {
        _hasContent = true;
        var settings = new SettingList(_settings);
        _data.Train.DescribeContent(settings);
        if (_data.Validation is { } validation)
            DataFingerprint.Describe(settings, "validation", validation);
    }

    private static string ContentOf(TableSchema schema) =>
        $"content {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema.ToJson())).AsSpan(0, 8))}";

    private static void Describe(SettingList settings, string name, Scaler? scaler)
    {
        settings.Add(name, scaler?.Length);
        if (scaler is null)
            return;
        var state = new StateDict();
        scaler.ToStateDict("scaler", state);
        foreach (var tensor in state)
            settings.Add(name + tensor.Name["scaler".Length..], tensor.Values);
    }

    /// <summary>The settings that training changes too, as they are now.</summary>
    private SortedDictionary<string, string> ProgramSettingsNow()
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var settings = new SettingList(entries);
        settings.Add(RateSetting, Optimizer.LearningRate);
        for (var index = 0; index < Optimizer.Groups.Length; index++)
            settings.Add(GroupRateSetting(index), Optimizer.Groups[index].LearningRate);
        var frozen = Optimizer.FrozenParameters;
        settings.Add(FrozenSetting, frozen.Count == 0 ? null : string.Join(", ", frozen));
        settings.Add("optimizer.schedule_enabled", Optimizer.ScheduleEnabled);
        settings.Add("dropout_enabled", Network.DropoutEnabled);
        settings.Add("cumulative_statistics", Network.CumulativeStatistics);
        return entries;
    }

    private static string GroupRateSetting(int group) => string.Create(CultureInfo.InvariantCulture, $"optimizer.groups.{group}.learning_rate");

    /// <summary>
    /// Where the last run has left an epoch, if this one has the same samples in the same order: their batches are not trained with twice.
    /// </summary>
    private TrainingProgress? PlaceInEpoch(TrainingData train)
    {
        if (_unfinished is not var (place, before) || place.CompletedEpochs != CompletedEpochs)
            return null;
        return ReferenceEquals(before.Source, train.Source) && Order(before, false) == Order(train, false) || Order(before, true) == Order(train, true) ? place : null;

        static string Order(TrainingData data, bool withContent)
        {
            var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
            data.Describe(new SettingList(entries));
            if (withContent)
                data.DescribeContent(new SettingList(entries));
            return string.Join('\n', entries);
        }
    }

    /// <summary>The settings that the checkpoint has otherwise than this trainer.</summary>
    private IEnumerable<(string Name, string Stored, string Present)> Differences(Checkpoint checkpoint) =>
        from name in _settings.Keys.Union(checkpoint.Settings.Keys, StringComparer.Ordinal)
        let stored = checkpoint.Settings.GetValueOrDefault(name, "none")
        let present = _settings.GetValueOrDefault(name, "none")
        where stored != present && !IsLeftToCheckpoint(name)
        select (name, stored, present);

    /// <summary>Whether the program says nothing of a scaling or a schema, so that the run has that of the checkpoint.</summary>
    private bool IsLeftToCheckpoint(string setting) =>
        (IsAtOrBelow(setting, ScalingSetting) && Weights.Scaling is { Inputs: null, Targets: null }) || (setting == SchemaSetting && Weights.Schema is null);

    /// <summary>The names of the callbacks with a state that either the checkpoint or this trainer has, and not both.</summary>
    private HashSet<string> CallbackDifferences(Checkpoint checkpoint)
    {
        var present = CallbackStates().Keys.ToHashSet(StringComparer.Ordinal);
        present.SymmetricExceptWith(checkpoint.Callbacks.Keys);
        return present;
    }

    private bool IsAllowed(string setting) => Options.AllowedChanges.Any(allowed => IsAtOrBelow(setting, allowed));

    private static bool IsAtOrBelow(string setting, string above) =>
        setting.StartsWith(above, StringComparison.Ordinal) && (setting.Length == above.Length || setting[above.Length] == '.');

    /// <summary>Reads from sources, which may block: the token ends the wait for them.</summary>
    private static T Read<T>(Func<T> read, CancellationToken token)
    {
        if (!token.CanBeCanceled)
            return read();
        var task = Task.Run(read, token);
        try
        {
            task.Wait(token);
        }
        catch (AggregateException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }

        return task.GetAwaiter().GetResult();
    }
}
