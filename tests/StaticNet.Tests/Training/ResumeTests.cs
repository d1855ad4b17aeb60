using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>A run that is interrupted anywhere and resumed by fresh objects is, bit for bit, one that was not.</summary>
public class ResumeTests
{
    private const int Epochs = 4;
    private static readonly DataSet Train = Samples.Clouds(50);
    private static readonly DataSet Validation = Samples.Clouds(20, seed: 2);

    public static TheoryData<int, int> Places
    {
        get
        {
            // 50 samples by 8: seven batches an epoch, the last of two samples.
            var places = new TheoryData<int, int>();
            for (var batch = 1; batch <= Epochs * 7; batch += 3)
            {
                places.Add(batch, 1);
                places.Add(batch, 3);
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_run_that_breaks_after_any_batch_goes_on_bit_for_bit(int batches, int accumulate)
    {
        using var folder = new TemporaryFolder();
        var undisturbed = new Run(accumulate, breakAfter: 0);
        undisturbed.Fit(null);

        var broken = new Run(accumulate, batches, new CheckpointCallback(folder.Path) { EveryBatches = 1 });
        Assert.Throws<BreakException>(() => broken.Fit(folder.Path));
        var resumed = new Run(accumulate, breakAfter: 0, new CheckpointCallback(folder.Path) { EveryBatches = 1 });
        var history = resumed.Fit(folder.Path);

        resumed.AssertSameEnd(undisturbed);
        AssertSame(undisturbed.History!, history);
        Assert.True(resumed.Network.FirstSamples!.Count < undisturbed.Network.FirstSamples!.Count || batches <= accumulate);
        Assert.Equal(undisturbed.Network.FirstSamples![^resumed.Network.FirstSamples.Count..], resumed.Network.FirstSamples);
    }

    [Fact]
    public void A_run_that_breaks_again_and_again_goes_on_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var undisturbed = new Run(1, breakAfter: 0);
        undisturbed.Fit(null);

        var runs = 0;
        for (; ; runs++)
        {
            var run = new Run(1, breakAfter: 3, new CheckpointCallback(folder.Path) { EveryBatches = 2 });
            try
            {
                run.Fit(folder.Path);
                run.AssertSameEnd(undisturbed);
                AssertSame(undisturbed.History!, run.History!);
                break;
            }
            catch (BreakException)
            {
                Assert.True(runs < 100);
            }
        }

        Assert.True(runs > 8);
        Assert.Equal(2, folder.Names().Length);
    }

    [Fact]
    public void Early_stopping_goes_on_where_it_was_and_restores_the_same_best_epoch()
    {
        History Fit(Run run, string? from) => run.Trainer.Fit(Train, 60, Validation, resumeFrom: from);
        EarlyStopping Stopping() => new("validation_loss", patience: 3);
        using var folder = new TemporaryFolder();
        var (before, after) = (Stopping(), Stopping());
        var undisturbed = new Run(1, breakAfter: 0, 0.25f, before);
        var expected = Fit(undisturbed, null);
        Assert.Equal(StopReason.Callback, expected.StopReason);
        Assert.True(before.BestEpoch > 1);

        var beyondBest = ((before.BestEpoch + 1) * 7) + 2;
        Assert.Throws<BreakException>(() => Fit(new Run(1, beyondBest, 0.25f, new CheckpointCallback(folder.Path), Stopping()), null));
        var resumed = new Run(1, breakAfter: 0, 0.25f, new CheckpointCallback(folder.Path), after);
        var history = Fit(resumed, folder.Path);

        AssertSame(expected, history);
        Assert.Equal((before.BestEpoch, before.BestValue), (after.BestEpoch, after.BestValue));
        resumed.AssertSameEnd(undisturbed);

        // A run that has ended is not begun again.
        var again = new Run(1, breakAfter: 0, 0.25f, new CheckpointCallback(folder.Path), Stopping());
        AssertSame(expected, Fit(again, folder.Path));
        Assert.Empty(again.Network.FirstSamples!);
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), again.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_reduction_on_a_plateau_goes_on_where_it_was()
    {
        History Fit(Run run, string? from) => run.Trainer.Fit(Train, 20, Validation, resumeFrom: from);
        ReduceOnPlateau Reduction() => new("validation_loss", factor: 0.5f, patience: 1, cooldown: 2);
        var undisturbed = new Run(1, breakAfter: 0, 0.25f, Reduction());
        var expected = Fit(undisturbed, null);
        Assert.True(undisturbed.Trainer.Optimizer.LearningRate < 0.1f);

        for (var epoch = 3; epoch < 16; epoch += 3)
        {
            using var part = new TemporaryFolder();
            Assert.Throws<BreakException>(() => Fit(new Run(1, (epoch * 7) + 1, 0.25f, new CheckpointCallback(part.Path), Reduction()), null));
            var resumed = new Run(1, breakAfter: 0, 0.25f, Reduction());
            AssertSame(expected, Fit(resumed, part.Path));
            resumed.AssertSameEnd(undisturbed);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sampler_transform_and_prefetch_go_on_where_they_were(bool prefetch)
    {
        using var folder = new TemporaryFolder();
        Trainer<TinyClassifier> Trainer(bool ahead, params TrainingCallback[] callbacks) => new(new TinyClassifier(1), new Adam(0.05f), new TrainerOptions
        {
            BatchSize = 8,
            Callbacks = callbacks,
            Sampler = new WeightedSampler([.. Enumerable.Range(0, 50).Select(index => 1f + (index % 4))], seed: 3),
            Transform = new Shift(),
            Prefetch = ahead,
        });
        var undisturbed = Trainer(!prefetch);
        undisturbed.Fit(Train, Epochs);
        var stop = new RecordingCallback
        {
            AtBatchEnd = context =>
            {
                if (context is { Epoch: 3, Batch: 4 })
                    throw new BreakException();
            },
        };

        Assert.Throws<BreakException>(() => Trainer(prefetch, new CheckpointCallback(folder.Path) { EveryBatches = 2 }, stop).Fit(Train, Epochs));
        var resumed = Trainer(prefetch);
        resumed.Fit(Train, Epochs, resumeFrom: folder.Path);

        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_frozen_layer_stays_frozen()
    {
        using var folder = new TemporaryFolder();
        var (undisturbed, first, resumed) = (new Run(1, breakAfter: 0), new Run(1, breakAfter: 0, new CheckpointCallback(folder.Path)), new Run(1, breakAfter: 0));
        undisturbed.Trainer.Optimizer.Freeze("*.bias");
        first.Trainer.Optimizer.Freeze("*.bias");
        resumed.Trainer.Optimizer.Freeze("*.bias");

        undisturbed.Trainer.Fit(Train, 4);
        first.Trainer.Fit(Train, 2);
        resumed.Trainer.Fit(Train, 4, resumeFrom: folder.Path);

        resumed.AssertSameEnd(undisturbed);
        Assert.Equal(["dense1.bias"], resumed.Trainer.Optimizer.FrozenParameters);
    }

    [Fact]
    public void A_cancelled_run_leaves_a_checkpoint_of_its_last_batch()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var undisturbed = new Run(1, breakAfter: 0);
        undisturbed.Fit(null);
        var cancel = new RecordingCallback
        {
            AtBatchEnd = context =>
            {
                if (context is { Epoch: 2, Batch: 4 })
                    source.Cancel();
            },
        };
        var cancelled = new Run(1, breakAfter: 0, new CheckpointCallback(folder.Path) { EveryEpoch = false }, cancel);
        var stopped = cancelled.Trainer.Fit(Train, Epochs, Validation, cancellationToken: source.Token);
        Assert.Equal(StopReason.Cancelled, stopped.StopReason);
        Assert.Equal(["checkpoint-000001.safetensors"], folder.Names());

        var resumed = new Run(1, breakAfter: 0);
        AssertSame(undisturbed.History!, resumed.Fit(folder.File("checkpoint-000001.safetensors")));

        resumed.AssertSameEnd(undisturbed);
        Assert.Equal((Epochs * 7) - 11, resumed.Network.FirstSamples!.Count);
    }

    [Fact]
    public void A_second_run_of_one_trainer_is_resumed_with_its_own_number_of_epochs()
    {
        using var folder = new TemporaryFolder();
        var undisturbed = new Run(1, breakAfter: 0);
        undisturbed.Trainer.Fit(Train, 2);
        var expected = undisturbed.Trainer.Fit(Train, 3);

        var broken = new Run(1, breakAfter: (3 * 7) + 1, new CheckpointCallback(folder.Path));
        broken.Trainer.Fit(Train, 2);
        Assert.Throws<BreakException>(() => broken.Trainer.Fit(Train, 3));
        var resumed = new Run(1, breakAfter: 0);
        var history = resumed.Trainer.Fit(Train, 3, resumeFrom: folder.Path);

        AssertSame(expected, history);
        Assert.Equal(5, resumed.Trainer.CompletedEpochs);
        resumed.AssertSameEnd(undisturbed);
    }

    [Fact]
    public void The_scaling_of_a_checkpoint_is_taken()
    {
        using var folder = new TemporaryFolder();
        var data = Samples.Plane(60);
        TinyRegressor Network()
        {
            var network = new TinyRegressor(1);
            network.SetScaling(Scaler.Standard(data.Inputs, 2), Scaler.Standard(data.Targets, 1));
            return network;
        }

        var undisturbed = Network();
        new Trainer<TinyRegressor>(undisturbed, new Adam(0.01f)).Fit(data, 4);
        new Trainer<TinyRegressor>(Network(), new Adam(0.01f), new TrainerOptions { Callbacks = [new CheckpointCallback(folder.Path)] }).Fit(data, 2);
        var resumed = new TinyRegressor(7);
        new Trainer<TinyRegressor>(resumed, new Adam(0.01f)).Fit(data, 4, resumeFrom: folder.Path);

        Assert.Equal(undisturbed.Weights.Values.ToArray(), resumed.Weights.Values.ToArray());
        Assert.Equal(undisturbed.Weights.Scaling.Inputs!.Shift, resumed.Weights.Scaling.Inputs!.Shift);
    }

    [Fact]
    public void A_folder_without_checkpoints_begins_at_the_start()
    {
        using var folder = new TemporaryFolder();
        var (once, resumed) = (new Run(1, breakAfter: 0), new Run(1, breakAfter: 0));
        once.Fit(null);

        resumed.Fit(folder.Path);

        resumed.AssertSameEnd(once);
        Directory.CreateDirectory(folder.Path);
        Assert.Throws<FileNotFoundException>(() => resumed.Fit(folder.File("checkpoint-000001.safetensors")));
    }

    private static void AssertSame(History expected, History actual)
    {
        Assert.Equal(Lines(expected), Lines(actual));
        Assert.Equal((expected.StopReason, expected.StopMessage), (actual.StopReason, actual.StopMessage));
        Assert.All(actual.Epochs, epoch => Assert.True(epoch.Seconds >= 0));

        static string[] Lines(History history) =>
        [
            .. history.Epochs.Select(epoch => $"{epoch.Epoch} {epoch.Loss:R} {epoch.LearningRate:R} {epoch.ValidationLoss:R} {string.Join(' ', epoch.Metrics)} {string.Join(' ', epoch.ValidationMetrics)}"),
        ];
    }

    /// <summary>A network, an optimizer and a trainer, all fresh.</summary>
    private sealed class Run
    {
        public Run(int accumulate, int breakAfter, params TrainingCallback[] callbacks)
            : this(accumulate, breakAfter, 0.05f, callbacks)
        {
        }

        public Run(int accumulate, int breakAfter, float learningRate, params TrainingCallback[] callbacks)
        {
            var left = breakAfter;
            // Called before a checkpoint of the same batch: the batch that it breaks in is lost.
            var breaking = new RecordingCallback { AtBatchEnd = _ => BreakIf(--left == 0) };
            Trainer = new Trainer<TinyClassifier>(
                Network,
                new Adam(learningRate) { Schedule = new CosineDecay(100), ClipNorm = 1, WeightDecay = 0.01f },
                new TrainerOptions { BatchSize = 8, Seed = 5, AccumulateBatches = accumulate, TrainingMetrics = true, Callbacks = [.. callbacks, breaking] });
        }

        public TinyClassifier Network { get; } = new(1) { FirstSamples = [] };

        public Trainer<TinyClassifier> Trainer { get; }

        public History? History { get; private set; }

        public History Fit(string? from) => History = Trainer.Fit(Train, Epochs, Validation, resumeFrom: from);

        public void AssertSameEnd(Run other)
        {
            Assert.Equal(other.Network.Weights.Values.ToArray(), Network.Weights.Values.ToArray());
            var (expected, actual) = (other.Trainer.Optimizer.ToStateDict(), Trainer.Optimizer.ToStateDict());
            Assert.Equal(expected.Metadata, actual.Metadata);
            Assert.All(expected, tensor => Assert.Equal(tensor.Values.ToArray(), actual[tensor.Name].Values.ToArray()));
        }

        private static void BreakIf(bool now)
        {
            if (now)
                throw new BreakException();
        }
    }

    private sealed class BreakException : Exception;

    /// <summary>Moves each input by something that follows from the sample's number.</summary>
    private sealed class Shift : IBatchTransform
    {
        public void Prepare(int batchSize, int inputLength, int targetLength) => Assert.Equal(2, inputLength);

        public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
        {
            for (var index = 0; index < inputs.Length; index++)
                inputs[index] += (((firstSample * 2) + (ulong)index) % 7) * 0.1f;
        }
    }
}
