using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Validation, checkpoints and the end of training by the number of steps instead of epochs.</summary>
public class StepTests
{
    // 50 samples by 8: seven batches an epoch.
    private static readonly DataSet Train = Samples.Clouds(50);
    private static readonly DataSet Validation = Samples.Clouds(20, seed: 2);

    public static TheoryData<int, int> Breaks
    {
        get
        {
            var breaks = new TheoryData<int, int>();
            for (var batch = 1; batch < 22; batch++)
                breaks.Add(batch, batch % 2 + 1);
            return breaks;
        }
    }

    [Fact]
    public void Validation_comes_every_so_many_steps_and_at_the_end_of_epochs()
    {
        var calls = new RecordingCallback { Everything = true };
        var history = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 5, Callbacks = [calls] }).Fit(Train, 2, Validation);

        Assert.Equal([5L, 10], history.Steps.Select(step => step.Step));
        Assert.Equal([(1, 5), (2, 3)], history.Steps.Select(step => (step.Epoch, step.Batch)));
        Assert.Equal(history.Steps[0], history.Epochs[0].Steps.Single());
        Assert.Equal(history.Steps[1], history.Epochs[1].Steps.Single());
        Assert.All(history.Epochs, epoch => Assert.NotNull(epoch.ValidationLoss));
        Assert.Equal(4, calls.Calls.Count(call => call == "validation"));
        Assert.Equal("validation", calls.Calls[calls.Calls.IndexOf("batch 5 end") + 1]);
        Assert.True(history.Steps[0].TryGet("validation_accuracy", out var accuracy) && accuracy.Value is > 0 and <= 1);
        Assert.Equal(["loss", "validation_loss", "validation_accuracy"], history.Steps[0].Names());
    }

    [Fact]
    public void What_is_measured_after_a_step_is_what_the_parameters_are_then()
    {
        var measured = new List<double>();
        var trainer = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 3 });
        var history = trainer.Fit(Train, 2, Validation);
        var again = Trainer(new TrainerOptions { BatchSize = 8, Callbacks = [new RecordingCallback { AtBatchEnd = context => Measure(context) }] });
        again.Fit(Train, 2);

        Assert.Equal(measured, history.Steps.Select(step => step.ValidationLoss));
        Assert.Equal(trainer.Network.Weights.Values.ToArray(), again.Network.Weights.Values.ToArray());

        void Measure(TrainingContext context)
        {
            Assert.Equal(((context.Epoch - 1) * 7) + context.Batch, context.Step);
            if (context.Step % 3 == 0)
                measured.Add(context.Trainer.Evaluate(Validation).Loss);
        }
    }

    [Fact]
    public void A_measurement_at_the_end_of_an_epoch_is_made_once()
    {
        var calls = new RecordingCallback { Everything = true };
        var history = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 7, Callbacks = [calls] }).Fit(Train, 3, Validation);

        Assert.Equal(3, calls.Calls.Count(call => call == "validation"));
        Assert.Equal(history.Epochs.Select(epoch => epoch.ValidationLoss), history.Steps.Select(step => (double?)step.ValidationLoss));
    }

    [Fact]
    public void Steps_of_several_batches_are_counted_once()
    {
        // Seven batches by three: steps after 3, 6 and 7.
        var history = Trainer(new TrainerOptions { BatchSize = 8, AccumulateBatches = 3, ValidateEvery = 2 }).Fit(Train, 2, Validation);

        Assert.Equal([(2L, 1, 6), (4, 2, 3), (6, 2, 7)], history.Steps.Select(step => (step.Step, step.Epoch, step.Batch)));
    }

    [Fact]
    public void Training_ends_after_the_last_step()
    {
        var trainer = Trainer(new TrainerOptions { BatchSize = 8, MaxSteps = 10 });

        var history = trainer.Fit(Train, epochs: 1000);

        Assert.Equal((StopReason.MaxSteps, 10L, 1), (history.StopReason, trainer.CompletedSteps, trainer.CompletedEpochs));
        Assert.Equal("The 10 steps were done after 3 of 7 batches of epoch 2.", history.StopMessage);
        Assert.Equal(10, trainer.Optimizer.StepCount);

        // The next call takes ten more, the rest of the second epoch first.
        Assert.Equal(2, trainer.Fit(Train, epochs: 1000).Epochs[^1].Epoch);
        Assert.Equal((20L, 2), (trainer.CompletedSteps, trainer.CompletedEpochs));
    }

    [Fact]
    public void A_last_step_at_the_end_of_an_epoch_finishes_it()
    {
        var calls = new RecordingCallback();
        var trainer = Trainer(new TrainerOptions { BatchSize = 8, MaxSteps = 14, Callbacks = [calls] });

        var history = trainer.Fit(Train, 5, Validation);

        Assert.Equal((StopReason.MaxSteps, 2, 2), (history.StopReason, history.Epochs.Count, trainer.CompletedEpochs));
        Assert.Contains("run of 2", calls.Calls);
        // As many steps as the epochs have end nothing early.
        Assert.Equal(StopReason.Completed, Trainer(new TrainerOptions { BatchSize = 8, MaxSteps = 15 }).Fit(Train, 2).StopReason);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_run_that_breaks_goes_on_bit_for_bit_with_its_measurements(int breakAfter, int accumulate)
    {
        using var folder = new TemporaryFolder();
        Trainer<TinyClassifier> New(params TrainingCallback[] callbacks) => Trainer(new TrainerOptions
        {
            BatchSize = 8,
            AccumulateBatches = accumulate,
            ValidateEvery = 3,
            Callbacks = [new ReduceOnPlateau("validation_loss", factor: 0.5f, patience: 0, threshold: 0.2), new EarlyStopping(patience: 40), .. callbacks],
        });
        var undisturbed = New();
        var expected = undisturbed.Fit(Train, 3, Validation);
        var left = breakAfter;
        var breaking = new RecordingCallback { AtBatchEnd = _ => BreakIf(--left == 0) };

        var broken = New(new CheckpointCallback(folder.Path) { EverySteps = 2, EveryEpoch = false }, breaking);
        Assert.Throws<OperationCanceledException>(() => broken.Fit(Train, 3, Validation));
        var resumed = New(new CheckpointCallback(folder.Path) { EverySteps = 2, EveryEpoch = false });
        var history = resumed.Fit(Train, 3, Validation, resumeFrom: folder.Path);

        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
        Assert.Equal(undisturbed.Optimizer.LearningRate, resumed.Optimizer.LearningRate);
        Assert.Equal(undisturbed.CompletedSteps, resumed.CompletedSteps);
        Assert.Equal(Lines(expected), Lines(history));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(20)]
    public void A_run_of_few_steps_is_gone_on_with_to_more(int steps)
    {
        using var folder = new TemporaryFolder();
        TrainerOptions Options(long max) => new() { BatchSize = 8, ValidateEvery = 3, MaxSteps = max, Callbacks = [new CheckpointCallback(folder.Path)] };
        var undisturbed = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 3, MaxSteps = 25 });
        var expected = undisturbed.Fit(Train, 10, Validation);

        Trainer(Options(steps)).Fit(Train, 10, Validation, resumeFrom: folder.Path);
        var resumed = Trainer(Options(25));
        var history = resumed.Fit(Train, 10, Validation, resumeFrom: folder.Path);

        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
        Assert.Equal(25, resumed.CompletedSteps);
        Assert.Equal(Lines(expected), Lines(history));
        // All steps were done: nothing is trained again.
        Assert.Equal(Lines(history), Lines(Trainer(Options(25)).Fit(Train, 10, Validation, resumeFrom: folder.Path)));
    }

    [Fact]
    public void A_measurement_that_was_cut_off_behind_its_step_is_made_up()
    {
        using var folder = new TemporaryFolder();
        var expected = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 4 }).Fit(Train, 1, Validation);
        // A checkpoint of a callback's own comes before the measurement.
        var saving = new RecordingCallback { AtBatchEnd = Save };
        Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 4, Callbacks = [saving] }).Fit(Train, 1, Validation);

        var history = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 4 }).Fit(Train, 1, Validation, resumeFrom: folder.File("4.safetensors"));

        Assert.Equal(Lines(expected), Lines(history));

        void Save(TrainingContext context)
        {
            Directory.CreateDirectory(folder.Path);
            if (context.Step == 4)
                context.SaveCheckpoint(folder.File("4.safetensors"));
        }
    }

    [Fact]
    public void Early_stopping_counts_measurements_and_restores_the_best_step()
    {
        var stopping = new EarlyStopping(patience: 3, minDelta: 0.5);
        var trainer = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 2, Callbacks = [stopping] }, rate: 0.5f);

        var history = trainer.Fit(Train, 10, Validation);

        Assert.Equal(StopReason.Callback, history.StopReason);
        Assert.Equal(stopping.BestStep + 6, trainer.CompletedSteps);
        Assert.Equal($"validation_loss has not become better for 3 measurements; the best was {stopping.BestValue:G6} after step {stopping.BestStep}.", history.StopMessage);
        Assert.Equal(stopping.BestValue, trainer.Evaluate(Validation).Loss);
        Assert.Equal(stopping.BestValue, history.Steps.Single(step => step.Step == stopping.BestStep).ValidationLoss);
    }

    [Fact]
    public void Another_figure_is_watched_when_epochs_end()
    {
        var stopping = new EarlyStopping("loss", patience: 2, minDelta: 100);

        var history = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 2, Callbacks = [stopping] }).Fit(Train, 10, Validation);

        Assert.Equal(3, history.Epochs.Count);
        Assert.EndsWith("in epoch 1.", history.StopMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_checkpoints_are_those_of_steps()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointCallback(folder.Path) { Monitor = "validation_loss", KeepBest = 2, EveryEpoch = false };
        var trainer = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 4, Callbacks = [checkpoints] }, rate: 0.5f);

        var history = trainer.Fit(Train, 4, Validation);

        var best = history.Steps.OrderBy(step => step.ValidationLoss).Take(2).ToArray();
        Assert.Equal(best.Select(step => folder.File($"best-step-{step.Step}.safetensors")), checkpoints.BestPaths);
        Assert.All(checkpoints.BestPaths, path => Assert.True(File.Exists(path)));
        var network = new TinyClassifier(9);
        network.LoadSafetensors(checkpoints.BestPaths[0], strict: false);
        Assert.Equal(best[0].ValidationLoss, new Trainer<TinyClassifier>(network, new Sgd(0), new TrainerOptions { BatchSize = 8 }).Evaluate(Validation).Loss);

        // Who goes on ranks those that are there.
        var more = new CheckpointCallback(folder.Path) { Monitor = "validation_loss", KeepBest = 2 };
        var resumed = Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 4, Callbacks = [more] }, rate: 0.5f);
        resumed.Fit(Train, 4, Validation, resumeFrom: folder.Path);
        Assert.Equal(checkpoints.BestPaths, more.BestPaths);
    }

    [Fact]
    public void Checkpoints_come_after_the_steps_that_their_number_divides()
    {
        using var folder = new TemporaryFolder();
        var steps = new List<long>();
        var checkpoints = new CheckpointCallback(folder.Path) { EverySteps = 3, EveryEpoch = false, KeepLast = 100 };

        Trainer(new TrainerOptions { BatchSize = 8, Callbacks = [checkpoints] }).Fit(Train, 2);

        foreach (var name in folder.Names())
        {
            var resumed = Trainer(new TrainerOptions { BatchSize = 8, Callbacks = [new RecordingCallback { AtStepBegin = context => context.StopTraining("Enough.") }] });
            resumed.Fit(Train, 2, resumeFrom: folder.File(name));
            steps.Add(resumed.CompletedSteps - (resumed.CompletedSteps == 14 ? 0 : 1));
        }

        Assert.Equal([3, 6, 9, 12, 14], steps);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback(folder.Path) { EverySteps = 0 });
    }

    [Fact]
    public void Another_distance_of_measurements_is_another_training()
    {
        using var folder = new TemporaryFolder();
        Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 3, Callbacks = [new CheckpointCallback(folder.Path)] }).Fit(Train, 1, Validation);
        Trainer<TinyClassifier> Other(params string[] allowed) => Trainer(new TrainerOptions { BatchSize = 8, ValidateEvery = 4, AllowedChanges = allowed });

        var error = Assert.Throws<ArgumentException>(() => Other().Fit(Train, 2, Validation, resumeFrom: folder.Path));

        Assert.Contains("validate_every: 3, expected 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Other("validate_every").Fit(Train, 2, Validation, resumeFrom: folder.Path).Epochs.Count);
    }

    [Fact]
    public void Numbers_of_steps_under_one_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Trainer(new TrainerOptions { ValidateEvery = 0 }));
        Assert.Throws<ArgumentException>(() => Trainer(new TrainerOptions { MaxSteps = 0 }));
        Assert.Equal(7, Trainer(new TrainerOptions { BatchSize = 8, MaxSteps = long.MaxValue }).Fit(Train, 1).Epochs.Count * 7);
    }

    private static Trainer<TinyClassifier> Trainer(TrainerOptions options, float rate = 0.05f) =>
        new(new TinyClassifier(1), new Adam(rate) { Schedule = new CosineDecay(100) }, options);

    private static void BreakIf(bool now)
    {
        if (now)
            throw new OperationCanceledException();
    }

    private static string[] Lines(History history) =>
    [
        .. history.Epochs.Select(epoch => $"{epoch.Epoch} {epoch.Loss:R} {epoch.LearningRate:R} {epoch.ValidationLoss:R} {string.Join(' ', epoch.ValidationMetrics)} {string.Join(' ', epoch.Steps.Select(step => step.Step))}"),
        .. history.Steps.Select(step => $"{step.Step} {step.Epoch} {step.Batch} {step.Loss:R} {step.ValidationLoss:R} {step.LearningRate:R} {string.Join(' ', step.ValidationMetrics)}"),
    ];
}
