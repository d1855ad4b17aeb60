using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>What a trainer is given, and what it refuses.</summary>
public class TrainerArgumentTests
{
    [Fact]
    public void A_trainers_class_is_inferred()
    {
        var network = new TinyClassifier(1);
        var (optimizer, options) = (new Adam(), new TrainerOptions { BatchSize = 3 });

        Trainer<TinyClassifier> trainer = Trainer.For(network, optimizer, options);

        Assert.Same(network, trainer.Network);
        Assert.Same(optimizer, trainer.Optimizer);
        Assert.Same(options, trainer.Options);
        Assert.Throws<ArgumentNullException>(() => Trainer.For<TinyClassifier>(null!, new Adam()));
        Assert.Throws<ArgumentNullException>(() => Trainer.For(network, null!));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam());
        var empty = new DataSet(2, 1, [], []);
        var wide = new DataSet(3, 1, [1, 2, 3], [0]);
        var clouds = Samples.Clouds(6);

        Assert.Throws<ArgumentException>(() => trainer.Fit(empty, 1));
        Assert.Throws<ArgumentException>(() => trainer.Fit(clouds, 1, empty));
        Assert.Throws<ArgumentException>(() => trainer.Evaluate(empty));
        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(wide, 1));
        Assert.Contains("takes 2 inputs and 1 targets per sample; the data set has 3 and 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.Fit(clouds, 1, clouds, validationFraction: 0.5));
        Assert.Equal("validationFraction", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(clouds, 1, validationFraction: 1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(clouds, 1, validationFraction: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(clouds, -1));
        Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { BatchSize = 17 }));
        Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { BatchSize = 0 }));
        Assert.Throws<InvalidOperationException>(() => new Trainer<TinyRegressor>(new TinyRegressor(1), trainer.Optimizer));
    }

    [Fact]
    public void Null_among_the_options_is_refused_by_its_name()
    {
        string Refused(TrainerOptions options)
        {
            var error = Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), options));
            Assert.Equal("options", error.ParamName);
            return error.Message;
        }

        Assert.Contains("Expected Callbacks, but got null", Refused(new() { Callbacks = null! }), StringComparison.Ordinal);
        Assert.Contains("Expected Callbacks without null", Refused(new() { Callbacks = [null!] }), StringComparison.Ordinal);
        Assert.Contains("Expected Metrics without null", Refused(new() { Metrics = [null!] }), StringComparison.Ordinal);
        Assert.Contains("Expected AllowedChanges, but got null", Refused(new() { AllowedChanges = null! }), StringComparison.Ordinal);
        Assert.Contains("Expected a writer of Warnings", Refused(new() { Warnings = null! }), StringComparison.Ordinal);
        Assert.Contains("Expected Threads of 1 to", Refused(new() { Threads = 0 }), StringComparison.Ordinal);
        Assert.Contains("Expected a TimeBudget of 0 or more", Refused(new() { TimeBudget = TimeSpan.FromSeconds(-1) }), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new Adam { Schedule = null! });
    }

    [Fact]
    public void A_sampler_goes_with_a_validation_set_and_not_with_a_fraction()
    {
        var data = Samples.Clouds(30);
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { Sampler = new BalancedSampler(data) });

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(data, 1, validationFraction: 0.2));

        Assert.Contains("Expected a validation set, because there is a sampler", error.Message, StringComparison.Ordinal);
        Assert.Equal("validationFraction", error.ParamName);
        Assert.NotNull(trainer.Fit(data, 1, Samples.Clouds(9)).Epochs[0].ValidationLoss);
        Assert.Throws<ArgumentException>(() => trainer.Fit(Samples.Clouds(29), 1));
    }
}
