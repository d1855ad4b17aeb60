using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Runs that a callback has ended, and that are to go on.</summary>
public class StoppedRunTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    [Fact]
    public void More_patience_goes_on()
    {
        using var folder = new TemporaryFolder();
        var stopped = Fit(folder, new Sgd(0.1f), [], Stopping(2));
        Assert.Equal((3, StopReason.Callback), (stopped.Epochs.Count, stopped.StopReason));

        var history = Fit(folder, new Sgd(0.1f), [], Stopping(6));

        Assert.Equal(7, history.Epochs.Count);
        Assert.StartsWith("loss has not become better for 6 epochs; the best was", history.StopMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_patience_stays_stopped()
    {
        using var folder = new TemporaryFolder();
        var stopped = Fit(folder, new Sgd(0.1f), [], Stopping(2));

        var history = Fit(folder, new Sgd(0.1f), [], Stopping(2));

        Assert.Equal(3, history.Epochs.Count);
        Assert.Equal(stopped.StopMessage, history.StopMessage);
    }

    [Fact]
    public void Early_stopping_that_is_removed_is_refused_by_name_or_allowed()
    {
        using var folder = new TemporaryFolder();
        Fit(folder, new Sgd(0.1f), [], Stopping(2));

        var error = Assert.Throws<ArgumentException>(() => Fit(folder, new Sgd(0.1f), []));
        var history = Fit(folder, new Sgd(0.1f), ["callbacks"]);

        Assert.Contains("callbacks: EarlyStopping1, expected none", error.Message, StringComparison.Ordinal);
        Assert.Equal((10, StopReason.Completed), (history.Epochs.Count, history.StopReason));
    }

    [Fact]
    public void Another_rate_that_is_allowed_goes_on_and_counts_patience_anew()
    {
        using var folder = new TemporaryFolder();
        Fit(folder, new Sgd(0.1f), [], Stopping(2));

        var history = Fit(folder, new Sgd(0.01f), ["optimizer"], Stopping(2));

        Assert.Equal(5, history.Epochs.Count);
        Assert.Equal(0.01f, history.Epochs[^1].LearningRate);
    }

    [Fact]
    public void Another_figure_to_watch_that_is_allowed_begins_anew()
    {
        using var folder = new TemporaryFolder();
        Fit(folder, new Sgd(0.1f), [], Stopping(2));

        Assert.Throws<ArgumentException>(() => Fit(folder, new Sgd(0.1f), [], new EarlyStopping("accuracy", patience: 2)));
        var history = Fit(folder, new Sgd(0.1f), ["callbacks"], new EarlyStopping("accuracy", patience: 50));

        Assert.Equal(10, history.Epochs.Count);
    }

    [Fact]
    public void A_callback_of_the_users_own_stays_stopped_unless_callbacks_may_change()
    {
        using var folder = new TemporaryFolder();
        RecordingCallback Own() => new() { AtEpochEnd = context => StopAt(context, 2) };
        Fit(folder, new Sgd(0.1f), [], Own());

        Assert.Equal(2, Fit(folder, new Sgd(0.1f), [], Own()).Epochs.Count);
        Assert.Equal(10, Fit(folder, new Sgd(0.1f), ["callbacks"]).Epochs.Count);
    }

    [Fact]
    public void A_figure_that_is_never_a_number_has_no_best_epoch()
    {
        var stopping = new EarlyStopping("loss", patience: 2);
        var watched = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions
        {
            Callbacks = [new EarlyStopping("validation_never", patience: 2)],
            Metrics = [new Never()],
        });

        var history = watched.Fit(Train, 9, Samples.Clouds(9));

        Assert.Equal("validation_never was NaN in all of the last 2 epochs, so there is no best one.", history.StopMessage);
        Assert.Equal(0, stopping.BestEpoch);
    }

    private static void StopAt(TrainingContext context, int epoch)
    {
        if (context.Epoch == epoch)
            context.StopTraining("Enough.");
    }

    // Nothing is an improvement by so much.
    private static EarlyStopping Stopping(int patience) => new("loss", patience, minDelta: 100);

    private static History Fit(TemporaryFolder folder, Optimizer optimizer, string[] allowed, params TrainingCallback[] callbacks) =>
        new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer, new TrainerOptions
        {
            Callbacks = [.. callbacks, new CheckpointCallback(folder.Path)],
            AllowedChanges = allowed,
            TrainingMetrics = true,
            Warnings = TextWriter.Null,
        }).Fit(Train, 10, resumeFrom: folder.Path);

    private sealed class Never() : StaticNet.Training.Metrics.Metric("never", higherIsBetter: false)
    {
        public override double Value => double.NaN;

        public override void Reset()
        {
        }

        public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
        {
        }
    }
}
