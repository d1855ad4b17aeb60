using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

public class EarlyStoppingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Training_ends_when_nothing_improves_and_the_best_weights_come_back(bool restore)
    {
        // Nothing is learned at a rate of 0, and a callback makes the weights worse, so the first epoch is the best.
        var network = new TinyClassifier(1);
        var stopping = new EarlyStopping("validation_loss", patience: 3, restoreBestWeights: restore);
        var spoil = new RecordingCallback { AtEpochEnd = context => context.Trainer.Weights.Edit()[0] += 1 };
        var trainer = new Trainer<TinyClassifier>(network, new Sgd(0), new TrainerOptions { Callbacks = [stopping, spoil] });
        var start = network.Weights.Values[0];

        // Class 1 at positive inputs: the growing weight of class 0 makes it ever less likely.
        var validation = new StaticNet.Data.DataSet(2, 1, [1, 0, 2, 0], [1, 1]);
        var history = trainer.Fit(Samples.Clouds(20), 50, validation);

        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(StopReason.Callback, history.StopReason);
        Assert.Contains("validation_loss has not become better for 3 epochs", history.StopMessage, StringComparison.Ordinal);
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Equal(history.Values("validation_loss")[0], stopping.BestValue);
        Assert.Equal(restore ? start : start + 4, network.Weights.Values[0], 1e-5f);
    }

    [Fact]
    public void A_figure_that_is_better_when_higher_is_watched_upwards()
    {
        var stopping = new EarlyStopping("accuracy", patience: 2);
        var options = new TrainerOptions { TrainingMetrics = true, Callbacks = [stopping] };

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(0.01f), options).Fit(Samples.Clouds(150), 100);

        var accuracy = history.Values("accuracy");
        Assert.Equal(accuracy.Max(), stopping.BestValue);
        Assert.Equal(Array.IndexOf(accuracy, accuracy.Max()) + 1, stopping.BestEpoch);
        Assert.Equal(stopping.BestEpoch + 2, history.Epochs.Count);
    }

    [Fact]
    public void A_change_within_the_smallest_delta_is_no_improvement()
    {
        var stopping = new EarlyStopping("loss", patience: 2, minDelta: 100);

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { Callbacks = [stopping] }).Fit(Samples.Clouds(20), 50);

        Assert.Equal(3, history.Epochs.Count);
        Assert.Equal(1, stopping.BestEpoch);
    }

    [Fact]
    public void A_figure_that_is_not_there_is_refused_with_those_that_are()
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { Callbacks = [new EarlyStopping()] });

        var error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples.Clouds(6), 1));

        Assert.Equal("Early stopping watches 'validation_loss', but an epoch only has: loss.", error.Message);
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EarlyStopping(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: double.NaN));
    }
}
