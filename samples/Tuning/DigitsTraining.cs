using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Search;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace Tuning;

/// <summary>What is searched, and how a network is trained with it.</summary>
internal sealed class DigitsTraining
{
    private const string Accuracy = "accuracy";

    private readonly ChoiceDimension<string> _network = new("network", "dense", "convolutional");
    private readonly LogDimension _rate = new("learning_rate", 1e-4, 3e-2);
    private readonly LogDimension _decay = new("weight_decay", 1e-5, 1e-1);
    private readonly IntegerDimension _batch = new("batch_size", 8, 64) { IsLogarithmic = true };
    private readonly UniformDimension _degrees = new("rotation", 0, 15);
    private readonly UniformDimension _shift = new("shift", 0, 0.15);

    public DigitsTraining() => Space = new SearchSpace(_network, _rate, _decay, _batch, _degrees, _shift);

    public SearchSpace Space { get; }

    /// <summary>The settings of the sample Digits, which the search begins with.</summary>
    public IReadOnlyList<DimensionValue> Usual =>
        [_network.At("dense"), _rate.At(2e-3), _decay.At(1e-5), _batch.At(32), _degrees.At(0), _shift.At(0)];

    /// <summary>Trains as a trial says, and measures on validation samples after each epoch.</summary>
    /// <returns>The accuracy on the validation samples at the end.</returns>
    public double Try(Trial trial, DataSet train, DataSet validation, int epochs)
    {
        var settings = new Settings(trial.Get(_network), trial.Get(_rate), trial.Get(_decay), trial.Get(_batch), trial.Get(_degrees), trial.Get(_shift));
        return Train(settings, train, validation, epochs, trial.Seed, [new PruningCallback(trial, $"validation_{Accuracy}")], trial.CancellationToken);
    }

    /// <summary>Trains with the settings of a trial on all samples, and measures on others.</summary>
    /// <returns>The accuracy.</returns>
    public double Measure(TrialResult trial, DataSet train, DataSet test, int epochs)
    {
        var settings = new Settings(trial.Get(_network), trial.Get(_rate), trial.Get(_decay), trial.Get(_batch), trial.Get(_degrees), trial.Get(_shift));
        return Train(settings, train, test, epochs, seed: 1, [], default);
    }

    private static double Train(Settings settings, DataSet train, DataSet measured, int epochs, ulong seed, TrainingCallback[] callbacks, CancellationToken cancellationToken) =>
        settings.Network == "dense"
            ? Train(new DenseNetwork(seed), settings, train, measured, epochs, callbacks, cancellationToken)
            : Train(new ConvolutionalNetwork(seed), settings, train, measured, epochs, callbacks, cancellationToken);

    private static double Train<TNetwork>(
        TNetwork network, Settings settings, DataSet train, DataSet measured, int epochs, TrainingCallback[] callbacks, CancellationToken cancellationToken)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        network.SetScaling(inputs: Scaler.MinMax(train.Inputs, length: 1));
        var steps = (long)epochs * ((train.Count + settings.Batch - 1) / settings.Batch);
        var optimizer = new AdamW((float)settings.Rate) { WeightDecay = (float)settings.Decay, Schedule = new CosineDecay(steps) };
        var options = new TrainerOptions
        {
            BatchSize = settings.Batch,
            Seed = network.Seed,
            // Each thread of the search trains a network of its own.
            Threads = 1,
            Callbacks = callbacks,
            Progress = false,
            Transform = new AugmentationPipeline(
                new ImageShape(1, 8, 8), [new RandomAffine((float)settings.Degrees, (float)settings.Shift)], network.Seed),
        };
        var trainer = Trainer.For(network, optimizer, options);
        // Measured once, at the end, where nothing asks for more.
        trainer.Fit(train, epochs, callbacks.Length == 0 ? null : measured, cancellationToken: cancellationToken);
        return trainer.Evaluate(measured)[Accuracy];
    }

    private sealed record Settings(string Network, double Rate, double Decay, int Batch, double Degrees, double Shift);
}
