using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <content>What batches are made of.</content>
public sealed partial class Trainer<TNetwork>
{
    private TrainingData DataOf(DataSource data, string name, CancellationToken token) => new(
        data,
        () => Cancellable(TrainingLoader(data, name, Options.Prefetch || token.CanBeCanceled), token),
        () => EvaluationLoader(data, name, token),
        settings => settings.Add("samples", data.Count),
        settings => DataFingerprint.Describe(settings, "samples", data));

    /// <summary>Lets a token end the wait for a batch.</summary>
    private static BatchLoader Cancellable(BatchLoader loader, CancellationToken token)
    {
        if (token.CanBeCanceled)
            loader.CancelWith(token);
        return loader;
    }

    private TrainingData DataOf(SampleStream train, int window, int? batchesPerEpoch, CancellationToken token)
    {
        Require(train.Count, train.InputLength, train.TargetLength, nameof(train));
        if (Options.Sampler is { } sampler)
            throw new ArgumentException($"Expected no sampler where samples come in a stream; {sampler.GetType().Name} chooses them by their numbers, which a stream does not take.", nameof(train));
        return new TrainingData(
            train,
            () => Loader(Math.Min(window, train.Count), batchesPerEpoch, Options.DropLast, Options.Transform, Options.Prefetch),
            () => Loader(1, null, false, null, false),
            settings =>
            {
                settings.Add("samples", train.Count);
                settings.AddPart("stream", train);
                settings.Add("stream.window", window);
                settings.Add("stream.batches_per_epoch", batchesPerEpoch);
            },
            settings => DataFingerprint.Describe(settings, "stream", train));

        BatchLoader Loader(int window, int? batches, bool dropLast, IBatchTransform? transform, bool prefetch) => Cancellable(
            new StreamLoader(
                train, _batchSize, window, Options.Seed, dropLast, transform, prefetch || token.CanBeCanceled, Weights.Scaling.Inputs, batches, Weights.Scaling.Targets),
            token);
    }

    /// <summary>The batches of training, as the options say.</summary>
    private DataLoader TrainingLoader(DataSource data, string name, bool prefetch)
    {
        // A transform sees the user's numbers, so the loader must scale each batch after it; otherwise, all is scaled once.
        var transforms = Options.Transform is not null;
        var scaled = Scaled(data, name, inputs: !transforms);
        var scaler = transforms ? Weights.Scaling.Inputs : null;
        return new DataLoader(scaled, _batchSize, Options.Shuffle, Options.Seed, Options.DropLast, Options.Sampler, Options.Transform, prefetch, scaler);
    }

    private BatchLoader EvaluationLoader(DataSource data, string name, CancellationToken token = default) =>
        Cancellable(new DataLoader(Scaled(data, name), _batchSize, shuffle: false, prefetch: token.CanBeCanceled), token);

    private StreamLoader EvaluationLoader(SampleStream data, string name)
    {
        Require(data.Count, data.InputLength, data.TargetLength, name);
        return new StreamLoader(data, _batchSize, inputScaler: Weights.Scaling.Inputs, targetScaler: Weights.Scaling.Targets);
    }

    /// <summary>Checks a data set and applies the network's scaling to it.</summary>
    private DataSource Scaled(DataSource data, string name, bool inputs = true)
    {
        Require(data.Count, data.InputLength, data.TargetLength, name);
        NetworkGuard.CheckSteps(data, Description, name);
        var scaling = Weights.Scaling;
        if (inputs && scaling.Inputs is { } scaler)
            data = data.ScaleInputs(scaler);
        return scaling.Targets is { } targets ? data.ScaleTargets(targets) : data;
    }

    private void Require(int count, int inputLength, int targetLength, string name)
    {
        if (count == 0)
            throw new ArgumentException("Expected at least one sample; the data set is empty.", name);
        if (inputLength != Description.InputLength || targetLength != Description.TargetLength)
        {
            throw new ArgumentException(
                $"{Description.Name} takes {Description.InputLength} inputs and {Description.TargetLength} targets per sample; the data set has {inputLength} and {targetLength}.{TargetGuard.Hint(Description, targetLength)}",
                name);
        }
    }

    private (DataSource Train, DataSource? Validation) Divide(DataSource train, DataSource? validation, double validationFraction, CancellationToken token)
    {
        if (!(validationFraction is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationFraction), validationFraction, "Expected a validation fraction of at least 0 and less than 1.");
        if (validationFraction == 0)
            return (train, validation);
        if (Options.Sampler is not null)
            throw new ArgumentException("Expected a validation set, because there is a sampler, but got a fraction. The sampler cannot know which samples are left: split the data, and build the sampler from the training part.", nameof(validationFraction));
        if (validation is not null)
            throw new ArgumentException("Expected a validation set or a validation fraction, but got both.", nameof(validation));
        var byClass = Description is { Steps: 1, Losses: [{ TargetIsIndex: true }] };
        // By class, all targets are read.
        var parts = Read(() => DataSplit.Divide(train, [1 - validationFraction], Options.Seed, byClass), token);
        return (train.Subset(parts[0].AsSpan()), train.Subset(parts[1].AsSpan()));
    }

    /// <summary>What a run trains on.</summary>
    /// <param name="Source">Where the samples come from.</param>
    /// <param name="Load">Makes the batches of training.</param>
    /// <param name="LoadToEvaluate">Makes batches of the same samples as they are, to measure with.</param>
    /// <param name="Describe">Describes what a checkpoint has to agree with.</param>
    /// <param name="DescribeContent">Describes what the samples are made of.</param>
    private sealed record TrainingData(
        object Source, Func<BatchLoader> Load, Func<BatchLoader> LoadToEvaluate, Action<SettingList> Describe, Action<SettingList> DescribeContent);
}
