using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

public class CallbackTests
{
    [Fact]
    public void Every_point_of_a_run_is_told_in_order()
    {
        var callback = new RecordingCallback { Everything = true };
        var options = new TrainerOptions { BatchSize = 4, AccumulateBatches = 2, Callbacks = [callback] };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(12), 1, Samples.Clouds(3));

        Assert.Equal(
            [
                "run of 1", "epoch 1",
                "batch 1/3 of 4", "batch 1 end", "batch 2/3 of 4", "step", "batch 2 end", "batch 3/3 of 4", "step", "batch 3 end",
                "validation", "validation of 1 metrics", "epoch 1 end", "end Completed",
            ],
            callback.Calls);
    }

    [Fact]
    public void An_interrupted_epoch_and_an_exception_are_told()
    {
        var stopping = new RecordingCallback { Everything = true, AtBatchEnd = context => context.StopTraining("enough") };
        var failing = new RecordingCallback { Everything = true, AtBatchEnd = _ => throw new NotSupportedException("no more") };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { BatchSize = 4, Callbacks = [stopping] }).Fit(Samples.Clouds(12), 1);
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { BatchSize = 4, Callbacks = [failing] });
        Assert.Throws<NotSupportedException>(() => trainer.Fit(Samples.Clouds(12), 1));

        Assert.Equal(["batch 1 end", "epoch 1 interrupted after 1", "end Callback"], stopping.Calls[^3..]);
        Assert.Equal(["batch 1 end", "no more", "end Completed"], failing.Calls[^3..]);
    }

    [Fact]
    public void Gradients_are_seen_and_changed_in_place_before_the_step()
    {
        var network = new TinyClassifier(1);
        var before = network.Weights.Values.ToArray();
        var (seen, biases) = (new List<bool>(), new List<float[]>());
        var callback = new RecordingCallback
        {
            AtStepBegin = context =>
            {
                seen.Add(context.Gradients == network.Gradients);
                biases.Add(context.GradientsOf("dense1.bias").ToArray());
                context.Gradients.Clear();
            },
        };

        new Trainer<TinyClassifier>(network, new Sgd(0.1f), new TrainerOptions { Callbacks = [callback] }).Fit(Samples.Clouds(16), 2);

        Assert.Equal([true, true], seen);
        Assert.Equal(before, network.Weights.Values.ToArray());
        Assert.All(biases, bias => Assert.Equal(0, bias[0] + bias[1] + bias[2], 1e-6f));
        Assert.NotEqual(0, biases[0][0]);
    }

    [Fact]
    public void Gradients_of_what_is_not_trained_are_refused()
    {
        var callback = new RecordingCallback { AtStepBegin = context => context.GradientsOf("dense1.bias") };
        var trainer = new Trainer<TinyRegressor>(new TinyRegressor(1), new Sgd(0.1f), new TrainerOptions { Callbacks = [callback] });

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(Samples.Plane(4), 1));

        Assert.Contains("TinyRegressor has no trainable parameter 'dense1.bias'; it has: dense1.weight.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_budget_ends_a_run_between_two_steps()
    {
        var callback = new RecordingCallback { Everything = true };
        var options = new TrainerOptions { TimeBudget = TimeSpan.Zero, Callbacks = [callback] };

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(12), 3);

        Assert.Equal(StopReason.TimeBudget, history.StopReason);
        Assert.Equal("The time budget of 00:00:00 was used up in epoch 1, after 0 of 1 batches.", history.StopMessage);
        Assert.Equal(["run of 3", "epoch 1", "epoch 1 interrupted after 0", "end TimeBudget"], callback.Calls);
        Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(1), new TrainerOptions { TimeBudget = TimeSpan.FromSeconds(-1) }));
    }

    [Fact]
    public void A_budget_that_suffices_changes_nothing()
    {
        var options = new TrainerOptions { TimeBudget = TimeSpan.FromHours(1) };

        Assert.Equal(StopReason.Completed, new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(12), 3).StopReason);
    }

    [Fact]
    public void A_fast_run_is_one_batch_of_all_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var callback = new RecordingCallback { Everything = true };
        var options = new TrainerOptions
        {
            FastDevRun = true,
            BatchSize = 4,
            AccumulateBatches = 3,
            Callbacks = [callback, new CheckpointCallback(folder.Path) { Monitor = "validation_loss", EveryBatches = 1 }],
        };

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(50), 7, Samples.Clouds(30), resumeFrom: "not/there.safetensors");

        Assert.Equal(
            ["run of 1", "epoch 1", "batch 1/1 of 4", "step", "batch 1 end", "validation", "validation of 1 metrics", "epoch 1 end", "end Completed"],
            callback.Calls);
        Assert.Single(history.Epochs);
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void The_history_as_a_table_has_every_figure()
    {
        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.5f)).Fit(Samples.Clouds(12), 2, Samples.Clouds(6));

        var lines = history.ToCsv().Split('\n');

        Assert.Equal("epoch,loss,validation_loss,validation_accuracy,learning_rate,seconds", lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.Equal("", lines[3]);
        var second = lines[2].Split(',');
        Assert.Equal("2", second[0]);
        Assert.Equal(history.Epochs[1].Loss, double.Parse(second[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("0.5", second[4]);
    }
}
