using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Tests.Schedules;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

public class ReduceOnPlateauTests
{
    public static TheoryData<string, bool, ReduceOnPlateau> Cases => new()
    {
        { "relative", false, new ReduceOnPlateau(patience: 3, factor: 0.5f) },
        { "absolute", false, new ReduceOnPlateau(patience: 3, factor: 0.5f, threshold: 0.05, absoluteThreshold: true) },
        { "rising", true, new ReduceOnPlateau(patience: 2, factor: 0.2f, threshold: 0.01) },
        { "rising_absolute", true, new ReduceOnPlateau(patience: 2, factor: 0.2f, threshold: 0.02, absoluteThreshold: true) },
        { "cooldown", false, new ReduceOnPlateau(patience: 1, factor: 0.5f, cooldown: 4) },
        { "smallest", false, new ReduceOnPlateau(patience: 0, factor: 0.5f, smallestRate: 0.03f) },
        { "not_numbers", false, new ReduceOnPlateau(patience: 1, factor: 0.5f) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rates_are_those_of_PyTorch(string name, bool higherIsBetter, ReduceOnPlateau callback)
    {
        var values = ScheduleParityTests.Golden[$"plateau.{name}.values"].Values;
        var rates = ScheduleParityTests.Golden[$"plateau.{name}.rates"].Values;
        var optimizer = new Sgd(1) { Groups = [new ParameterGroup("*") { LearningRate = 2 }] };

        Assert.True(rates[^1] < 1);
        for (var epoch = 0; epoch < values.Length; epoch++)
        {
            callback.Observe(new MetricValue("figure", values[epoch], higherIsBetter), optimizer);
            Assert.Equal(rates[epoch], optimizer.LearningRate, 1e-6f * rates[epoch]);
            if (callback.SmallestRate == 0)
                Assert.Equal(2 * optimizer.LearningRate, optimizer.Groups[0].LearningRate);
        }
    }

    [Fact]
    public void A_training_lowers_its_rate()
    {
        // Nothing improves by 100.
        var callback = new ReduceOnPlateau("loss", patience: 1, threshold: 100, absoluteThreshold: true);
        var optimizer = new Sgd(0.1f);

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer, new TrainerOptions { Callbacks = [callback] }).Fit(Samples.Clouds(20), 6);

        Assert.Equal([0.1f, 0.1f, 0.1f, 0.01f, 0.01f, 0.001f], history.Epochs.Select(epoch => epoch.LearningRate), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(1, callback.EpochsWithout);
        Assert.Equal(history.Values("loss")[0], callback.BestValue);
    }

    [Fact]
    public void A_figure_that_is_not_there_is_refused_with_those_that_are()
    {
        var options = new TrainerOptions { Callbacks = [new ReduceOnPlateau("validation_loss")] };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options);

        var error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples.Clouds(20), 1));

        Assert.Contains("'validation_loss', but an epoch only has: loss", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Func<object>[] mistakes =
        [
            () => new ReduceOnPlateau(factor: 1),
            () => new ReduceOnPlateau(factor: 0),
            () => new ReduceOnPlateau(patience: -1),
            () => new ReduceOnPlateau(threshold: double.NaN),
            () => new ReduceOnPlateau(cooldown: -1),
            () => new ReduceOnPlateau(smallestRate: -1),
        ];

        Assert.All(mistakes, mistake => Assert.NotNull(Assert.Throws<ArgumentOutOfRangeException>(mistake).ActualValue));
        Assert.Throws<ArgumentException>(() => new ReduceOnPlateau(""));
        Assert.Throws<ArgumentNullException>(() => new ReduceOnPlateau().Observe(default, null!));
    }
}
