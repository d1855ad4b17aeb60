using Spectre.Console;
using StaticNet.Console;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Augmentation;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void A_classifier_learns_and_history_tells_how()
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(0.05f), new TrainerOptions { TrainingMetrics = true });

        var history = trainer.Fit(Samples.Clouds(300), epochs: 5, validation: Samples.Clouds(90, seed: 2));

        Assert.Equal(StopReason.Completed, history.StopReason);
        Assert.Null(history.StopMessage);
        Assert.Equal([1, 2, 3, 4, 5], history.Epochs.Select(epoch => epoch.Epoch));
        Assert.True(history.Epochs[^1].Loss < 0.5 * history.Epochs[0].Loss);
        Assert.True(history.Values("validation_accuracy")[^1] > 0.95);
        Assert.True(history.Values("accuracy")[^1] > 0.95);
        Assert.Equal(history.Epochs.Select(epoch => epoch.ValidationLoss!.Value), history.Values("validation_loss"));
        Assert.All(history.Epochs, epoch => Assert.Equal(0.05f, epoch.LearningRate));
        Assert.All(history.Epochs, epoch => Assert.True(epoch.Seconds > 0));
        Assert.Throws<ArgumentException>(() => history.Values("validation_f1"));
        Assert.Equal(["loss", "accuracy", "validation_loss", "validation_accuracy"], history.Epochs[0].Names());

        var evaluation = trainer.Evaluate(Samples.Clouds(90, seed: 2));
        Assert.Equal(history.Epochs[^1].ValidationLoss, evaluation.Loss);
        Assert.Equal(history.Epochs[^1].ValidationMetrics[0].Value, evaluation["accuracy"]);
        Assert.Throws<KeyNotFoundException>(() => evaluation["f1"]);
    }

    [Fact]
    public void The_same_seeds_give_the_same_bits()
    {
        float[] Train(ulong seed)
        {
            var network = new TinyClassifier(1);
            new Trainer<TinyClassifier>(network, new Sgd(0.1f, 0.9f), new TrainerOptions { Seed = seed }).Fit(Samples.Clouds(50), 3);
            return network.Weights.Values.ToArray();
        }

        Assert.Equal(Train(3), Train(3));
        Assert.NotEqual(Train(3), Train(4));
    }

    [Fact]
    public void Two_runs_are_as_one_longer()
    {
        var (once, twice) = (new TinyClassifier(1), new TinyClassifier(1));
        once.FirstSamples = [];
        twice.FirstSamples = [];
        new Trainer<TinyClassifier>(once, new Adam()).Fit(Samples.Clouds(40), 3);
        var trainer = new Trainer<TinyClassifier>(twice, new Adam());
        trainer.Fit(Samples.Clouds(40), 1);
        var history = trainer.Fit(Samples.Clouds(40), 2);

        Assert.Equal(once.Weights.Values.ToArray(), twice.Weights.Values.ToArray());
        Assert.Equal([2, 3], history.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(3, trainer.CompletedEpochs);
        Assert.Equal([0ul, 16, 32, 40, 56, 72, 80, 96, 112], twice.FirstSamples);
        Assert.Equal(once.FirstSamples, twice.FirstSamples);
    }

    [Fact]
    public void Callbacks_are_called_in_order()
    {
        var callback = new RecordingCallback();
        var options = new TrainerOptions { BatchSize = 4, Callbacks = [callback] };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(6), 2);

        Assert.Equal(
            [
                "run of 2",
                "epoch 1", "batch 1/2 of 4", "batch 1 end", "batch 2/2 of 2", "batch 2 end", "epoch 1 end",
                "epoch 2", "batch 1/2 of 4", "batch 1 end", "batch 2/2 of 2", "batch 2 end", "epoch 2 end",
                "end Completed",
            ],
            callback.Calls);
    }

    [Fact]
    public void The_epochs_loss_is_the_mean_over_samples()
    {
        var losses = new List<(double Loss, int Count)>();
        var callback = new RecordingCallback { AtBatchEnd = context => losses.Add((context.BatchLoss, context.SampleCount)) };
        var options = new TrainerOptions { BatchSize = 4, Callbacks = [callback] };

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(6), 1);

        Assert.Equal(losses.Sum(batch => batch.Loss * batch.Count) / 6, history.Epochs[0].Loss, 1e-12);
    }

    [Fact]
    public void A_last_smaller_batch_can_be_left_out()
    {
        var callback = new RecordingCallback();
        var options = new TrainerOptions { BatchSize = 4, DropLast = true, Callbacks = [callback] };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(6), 1);

        Assert.Equal(["run of 1", "epoch 1", "batch 1/1 of 4", "batch 1 end", "epoch 1 end", "end Completed"], callback.Calls);
    }

    [Fact]
    public void A_callback_stops_after_its_batch_and_the_epoch_is_left_out()
    {
        var callback = new RecordingCallback
        {
            AtBatchEnd = context =>
            {
                if (context is { Epoch: 2, Batch: 1 })
                    context.StopTraining("enough");
            },
        };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { BatchSize = 4, Callbacks = [callback] });

        var history = trainer.Fit(Samples.Clouds(6), 5);

        Assert.Single(history.Epochs);
        Assert.Equal(StopReason.Callback, history.StopReason);
        Assert.Equal("enough", history.StopMessage);
        Assert.Equal(["epoch 2", "batch 1/2 of 4", "batch 1 end", "end Callback"], callback.Calls[^4..]);
        Assert.Equal(1, trainer.CompletedEpochs);
    }

    [Fact]
    public void Cancelling_ends_cleanly_with_the_history_so_far()
    {
        using var source = new CancellationTokenSource();
        var callback = new RecordingCallback
        {
            AtBatchEnd = context =>
            {
                if (context is { Epoch: 2, Batch: 1 })
                    source.Cancel();
            },
        };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { BatchSize = 4, Callbacks = [callback] });

        var history = trainer.Fit(Samples.Clouds(6), 5, cancellationToken: source.Token);

        Assert.Single(history.Epochs);
        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Equal("Cancelled in epoch 2, after 1 of 2 batches.", history.StopMessage);
        Assert.Equal("end Cancelled", callback.Calls[^1]);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_told_with_epoch_and_batch_and_changes_nothing()
    {
        var network = new TinyClassifier(1) { FailingBatch = 3 };
        var callback = new RecordingCallback();
        float[] before = [];
        var copy = new RecordingCallback { AtBatchEnd = _ => before = network.Weights.Values.ToArray() };
        var trainer = new Trainer<TinyClassifier>(network, new Sgd(0.1f), new TrainerOptions { BatchSize = 4, Callbacks = [callback, copy] });

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(Samples.Clouds(6), 5));

        Assert.Equal((2, 2), (error.Epoch, error.Batch));
        Assert.Contains("NaN in epoch 2, batch 2", error.Message, StringComparison.Ordinal);
        Assert.Single(error.History.Epochs);
        Assert.Equal(StopReason.Diverged, error.History.StopReason);
        Assert.Equal("end Diverged", callback.Calls[^1]);
        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_batch_allocates_nothing_with_callbacks_and_metrics_on()
    {
        using var folder = new TemporaryFolder();
        long Allocated(int samples)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
            var checkpoints = new CheckpointCallback(folder.File($"{Guid.NewGuid()}")) { EveryEpoch = false, Interval = TimeSpan.FromHours(1) };
            var options = new TrainerOptions
            {
                Callbacks = [new CountingCallback(), new EarlyStopping("validation_f1", patience: 100), checkpoints, new ProgressCallback(console, live: false)],
                Metrics = [new Accuracy(), new F1(), new TopKAccuracy(2), new RocAuc()],
                Transform = new AugmentationPipeline(new ImageShape(1, 1, 2), [new RandomBrightness(0.1f), new GaussianNoise(0.01f)]),
                Prefetch = true,
                Threads = 2,
                AccumulateBatches = 2,
                TimeBudget = TimeSpan.FromHours(1),
            };
            var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new AdamW { ClipNorm = 1, Schedule = new CosineDecay(1000) }, options);
            var (train, validation) = (Samples.Clouds(samples), Samples.Clouds(30));
            trainer.Fit(train, 1, validation);
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(train, 10, validation);
            return GC.GetAllocatedBytesForCurrentThread() - before - (4 * samples);
        }

        long Least(int samples) => Enumerable.Range(0, 3).Min(_ => Allocated(samples));
        // The one array that grows with the samples is that of their order, taken off above; 900 more batches cost less than a
        // byte each. (What the runtime allocates once, at a time of its own, may fall into any run.)
        var few = Least(160);
        Assert.InRange(Least(1600) - few, long.MinValue, 899);
    }

    [Fact]
    public void Scaling_is_applied_in_training_and_undone_in_metrics_and_predictions()
    {
        var data = Samples.Plane(500);
        var network = new TinyRegressor(1);
        network.SetScaling(Scaler.Standard(data.Inputs, 2), Scaler.Standard(data.Targets, 1));
        var trainer = new Trainer<TinyRegressor>(network, new Adam(0.02f));

        // The loss is that of the scaled targets; the metrics are in the targets' unit.
        var evaluation = trainer.Evaluate(data);
        var scale = network.Weights.Scaling.Targets!.Scale[0];
        Assert.Equal(evaluation["mean_squared_error"], evaluation.Loss * scale * scale, 0.001 * evaluation["mean_squared_error"]);

        trainer.Fit(data, epochs: 40);

        var outputs = new float[2];
        trainer.Predict([0.5f, 1500, 0, 1000], outputs);
        Assert.Equal(160, outputs[0], 0.1f);
        Assert.Equal(200, outputs[1], 0.1f);
        Assert.True(trainer.Evaluate(data)["mean_absolute_error"] < 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_transform_sees_the_users_inputs_and_the_network_its_own(bool prefetch)
    {
        var data = Samples.Plane(100);
        float[] Train(TrainerOptions options)
        {
            var network = new TinyRegressor(1);
            network.SetScaling(Scaler.Standard(data.Inputs, 2), Scaler.Standard(data.Targets, 1));
            new Trainer<TinyRegressor>(network, new Adam(0.02f), options).Fit(data, epochs: 3);
            return network.Weights.Values.ToArray();
        }

        var watching = new RangeTransform();
        var watched = Train(new TrainerOptions { Transform = watching, Prefetch = prefetch, TrainingMetrics = true });

        Assert.Equal(Train(new TrainerOptions()), watched);
        Assert.InRange(watching.Largest, 1900, 2000);
    }

    [Fact]
    public void A_fraction_is_held_back_for_validation_class_by_class()
    {
        var counts = new List<int>();
        var callback = new RecordingCallback { AtBatchEnd = context => counts.Add(context.SampleCount) };
        var options = new TrainerOptions { Callbacks = [callback] };

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(30), 1, validationFraction: 0.2);

        Assert.Equal(24, counts.Sum());
        Assert.NotNull(history.Epochs[0].ValidationLoss);
    }

    [Fact]
    public void The_schedule_moves_the_learning_rate()
    {
        var optimizer = new Sgd(0.1f) { Schedule = new CosineDecay(decaySteps: 4) };
        var options = new TrainerOptions { BatchSize = 3 };

        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer, options).Fit(Samples.Clouds(6), 3);

        // Two steps an epoch: the last ones are steps 1, 3 and 5.
        Assert.Equal([0.1 * (1 + Math.Cos(Math.PI / 4)) / 2, 0.1 * (1 + Math.Cos(3 * Math.PI / 4)) / 2, 0], history.Epochs.Select(epoch => (double)epoch.LearningRate), (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Fact]
    public void Weights_of_samples_count_in_training()
    {
        // The same input with two targets, of which one counts.
        var data = new DataSet(2, 1, [1, 0, 1, 0], [0, 1], [1, 0]);
        var network = new TinyClassifier(1);

        new Trainer<TinyClassifier>(network, new Sgd(0.5f)).Fit(data, 50);

        var outputs = new float[3];
        network.Forward([1, 0], outputs);
        Assert.True(outputs[0] > outputs[1] + 2);
    }

    [Fact]
    public void The_confusion_matrix_counts_every_sample()
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(0.05f));
        trainer.Fit(Samples.Clouds(300), 5);
        var data = Samples.Clouds(99, seed: 3);

        var matrix = trainer.ConfusionMatrix(data);

        Assert.Equal(99, matrix.Total);
        Assert.Equal([33L, 33, 33], Enumerable.Range(0, 3).Select(matrix.Support));
        Assert.Equal(trainer.Evaluate(data)["accuracy"], matrix.Accuracy);
        Assert.Throws<InvalidOperationException>(() => new Trainer<TinyRegressor>(new TinyRegressor(1), new Adam()).ConfusionMatrix(Samples.Plane(3)));
    }

    [Fact]
    public void The_warning_about_missing_instructions_comes_once()
    {
        var writer = new StringWriter();
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { Warnings = writer });

        trainer.Fit(Samples.Clouds(6), 1);
        trainer.Fit(Samples.Clouds(6), 1);

        Assert.Equal(Hardware.Warning is { } warning ? $"{warning} (SilencedWarnings = [TrainingWarning.MissingInstructions] silences this.){writer.NewLine}" : "", writer.ToString());
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(8, true)]
    public void An_optimizer_for_full_batches_warns_when_it_gets_parts(int batchSize, bool warns)
    {
        var writer = new StringWriter();
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Rprop(), new TrainerOptions { Warnings = writer, BatchSize = batchSize });

        trainer.Fit(Samples.Clouds(15), 1);
        trainer.Fit(Samples.Clouds(15), 1);

        Assert.Equal(warns, writer.ToString().Contains("Rprop needs the gradients of all samples", StringComparison.Ordinal));
        Assert.Equal(warns ? 1 : 0, writer.ToString().Split("here, a step has those of one of 2 batches").Length - 1);
    }

    [Fact]
    public void An_optimizer_of_another_network_is_refused()
    {
        var optimizer = new Adam();
        var network = new TinyClassifier(1);
        _ = new Trainer<TinyClassifier>(network, optimizer);
        _ = new Trainer<TinyClassifier>(network.ShareWeights(), optimizer);

        Assert.Throws<InvalidOperationException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer));
    }

    [Fact]
    public void No_epochs_give_an_empty_history()
    {
        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam()).Fit(Samples.Clouds(6), 0);

        Assert.Empty(history.Epochs);
        Assert.Equal(StopReason.Completed, history.StopReason);
    }

    [Fact]
    public void Penalties_of_the_optimizer_are_in_no_loss()
    {
        double Loss(Optimizer optimizer) => new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer).Fit(Samples.Clouds(16), 1).Epochs[0].Loss;

        // One batch: its loss is computed before the step.
        Assert.Equal(Loss(new Sgd(0.1f)), Loss(new Sgd(0.1f) { WeightDecay = 10, L1 = 10 }));
    }

    private sealed class RangeTransform : IBatchTransform
    {
        public float Largest { get; private set; }

        public void Prepare(int batchSize, int inputLength, int targetLength) => Largest = float.NegativeInfinity;

        public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
        {
            foreach (var input in inputs)
                Largest = Math.Max(Largest, input);
        }
    }

    private sealed class CountingCallback : TrainingCallback
    {
        private double _sum;

        public override void OnBatchBegin(TrainingContext context) => _sum += context.Batch;

        public override void OnStepBegin(TrainingContext context) => _sum += context.Gradients[0] + context.GradientsOf("dense1.bias")[0];

        public override void OnBatchEnd(TrainingContext context) => _sum += context.Loss + context.BatchLoss;
    }
}
