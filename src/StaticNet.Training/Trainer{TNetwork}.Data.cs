using StaticNet.Data;

namespace StaticNet.Training;

/// <content>What batches are made of.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>The batches of training, as the options say.</summary>
    private DataLoader TrainingLoader(DataSource data, string name, bool prefetch)
    {
        // A transform sees the user's numbers, so that the loader has to scale each batch behind it; else all is scaled once.
        var transforms = Options.Transform is not null;
        var scaled = Scaled(data, name, inputs: !transforms);
        var scaler = transforms ? Weights.Scaling.Inputs : null;
        return new DataLoader(scaled, _batchSize, Options.Shuffle, Options.Seed, Options.DropLast, Options.Sampler, Options.Transform, prefetch, scaler);
    }

    private DataLoader EvaluationLoader(DataSource data, string name) => new(Scaled(data, name), _batchSize, shuffle: false);

    /// <summary>Checks a data set and applies the network's scaling to it.</summary>
    private DataSource Scaled(DataSource data, string name, bool inputs = true)
    {
        if (data.Count == 0)
            throw new ArgumentException("Expected at least one sample; the data set is empty.", name);
        if (data.InputLength != Description.InputLength || data.TargetLength != Description.TargetLength)
        {
            throw new ArgumentException(
                $"{Description.Name} takes {Description.InputLength} inputs and {Description.TargetLength} targets a sample; the data set has {data.InputLength} and {data.TargetLength}.",
                name);
        }

        var scaling = Weights.Scaling;
        if (inputs && scaling.Inputs is { } scaler)
            data = data.ScaleInputs(scaler);
        return scaling.Targets is { } targets ? data.ScaleTargets(targets) : data;
    }

    private (DataSource Train, DataSource? Validation) Divide(DataSource train, DataSource? validation, double fraction)
    {
        if (!(fraction is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Expected a validation fraction from 0 to below 1.");
        if (fraction == 0)
            return (train, validation);
        if (validation is not null)
            throw new ArgumentException("Expected a validation set or a validation fraction; both came.", nameof(validation));
        var byClass = Description.Losses is [{ TargetIsIndex: true }];
        var parts = DataSplit.Divide(train, [1 - fraction], Options.Seed, byClass);
        return (train.Subset(parts[0].AsSpan()), train.Subset(parts[1].AsSpan()));
    }
}
