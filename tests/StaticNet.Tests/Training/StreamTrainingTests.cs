using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Data;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Training;

/// <summary>Training on samples that come one after the other.</summary>
public class StreamTrainingTests
{
    private static readonly DataSet Data = Samples.Clouds(50);

    [Fact]
    public void A_stream_in_its_order_trains_as_the_same_data_unshuffled()
    {
        var validation = Samples.Clouds(20, seed: 2);
        var (expected, streamed) = (Trainer(new() { Shuffle = false, TrainingMetrics = true }), Trainer(new() { TrainingMetrics = true }));

        var history = expected.Fit(Data, 3, validation);
        var ofStream = streamed.Fit(new ListStream(Data), 3, validation: validation);

        Assert.Equal(Weights(expected), Weights(streamed));
        Assert.Equal(history.Epochs.Select(epoch => (epoch.Loss, epoch.ValidationLoss, epoch.Metrics[0].Value)), ofStream.Epochs.Select(epoch => (epoch.Loss, epoch.ValidationLoss, epoch.Metrics[0].Value)));
    }

    [Fact]
    public void A_stream_without_samples_gives_no_batch()
    {
        var empty = new DataSet(Data.InputLength, Data.TargetLength, [], []);

        Assert.Empty(Loaded.Targets(new StreamLoader(new ListStream(empty), 16), epoch: 0));
    }

    [Fact]
    public void Inputs_and_targets_are_scaled()
    {
        var data = Samples.Plane(60);
        Trainer<TinyRegressor> Make()
        {
            var network = new TinyRegressor(1);
            network.SetScaling(Scaler.Standard(data.Inputs, 2), Scaler.Standard(data.Targets, 1));
            return new Trainer<TinyRegressor>(network, new Adam(0.02f), new TrainerOptions { Shuffle = false });
        }

        var (expected, streamed) = (Make(), Make());
        var history = expected.Fit(data, 3);
        var ofStream = streamed.Fit(new ListStream(data), 3);

        Assert.Equal(Weights(expected), Weights(streamed));
        Assert.Equal(history.Epochs[^1].Loss, ofStream.Epochs[^1].Loss);
    }

    [Theory]
    [InlineData(1, null, false)]
    [InlineData(7, null, true)]
    [InlineData(7, 4, false)]
    [InlineData(100, 9, true)]
    public void A_run_that_breaks_after_any_batch_goes_on_bit_for_bit(int window, int? batchesPerEpoch, bool prefetch)
    {
        TrainerOptions Options(params TrainingCallback[] callbacks) => new()
        {
            BatchSize = 8,
            Seed = 3,
            Prefetch = prefetch,
            Transform = new AugmentationPipeline(new ImageShape(1, 1, 2), [new GaussianNoise(0.1f)], seed: 4),
            Callbacks = callbacks,
        };
        var undisturbed = Trainer(Options());
        undisturbed.Fit(new ListStream(Data), 4, window, batchesPerEpoch);

        for (var batches = 1; batches < 4 * (batchesPerEpoch ?? 7); batches += 3)
        {
            using var folder = new TemporaryFolder();
            var left = batches;
            var stop = new RecordingCallback
            {
                AtBatchEnd = _ =>
                {
                    if (--left < 0)
                        throw new InvalidOperationException("Enough.");
                },
            };
            Assert.Throws<InvalidOperationException>(() => Trainer(Options(stop, new CheckpointCallback(folder.Path) { EveryBatches = 1 }))
                .Fit(new ListStream(Data), 4, window, batchesPerEpoch));
            var resumed = Trainer(Options());
            resumed.Fit(new ListStream(Data), 4, window, batchesPerEpoch, resumeFrom: folder.Path);
            Assert.Equal(Weights(undisturbed), Weights(resumed));
        }
    }

    [Fact]
    public void An_epoch_of_some_batches_goes_on_where_the_last_one_ended()
    {
        var stream = new ListStream(Data);
        var batches = new List<(int Batch, int Count, int Samples)>();
        var watch = new RecordingCallback { AtBatchEnd = context => batches.Add((context.Batch, context.BatchCount, context.SampleCount)) };

        // 3 batches of 8 in 5 epochs: 120 samples, two passes and 20 samples of the third.
        Trainer(new() { BatchSize = 8, Callbacks = [watch] }).Fit(stream, 5, batchesPerEpoch: 3);

        Assert.Equal(Enumerable.Range(0, 15).Select(index => ((index % 3) + 1, 3, 8)), batches);
        Assert.Equal([0, 1, 2], stream.Passes);
        Assert.InRange(stream.SamplesRead, 120, 121);
    }

    [Fact]
    public void What_needs_samples_by_number_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Trainer(new() { Sampler = new BalancedSampler(Data) }).Fit(new ListStream(Data), 1));

        Assert.Contains("BalancedSampler chooses them by their numbers, which a stream does not take", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var trainer = Trainer(new());

        Assert.Throws<ArgumentNullException>(() => trainer.Fit((SampleStream)null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(new ListStream(Data), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(new ListStream(Data), 1, window: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(new ListStream(Data), 1, batchesPerEpoch: 0));
        var wide = Assert.Throws<ArgumentException>(() => trainer.Fit(new ListStream(new DataSet(3, 1, [1, 2, 3], [0])), 1));
        Assert.Contains("takes 2 inputs and 1 targets per sample; the data set has 3 and 1", wide.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.Fit(new ListStream(new DataSet(2, 1, [], [])), 1));
    }

    [Fact]
    public void Window_and_batches_of_an_epoch_are_compared_when_a_run_is_resumed()
    {
        using var folder = new TemporaryFolder();
        Trainer(new() { Callbacks = [new CheckpointCallback(folder.Path)] }).Fit(new ListStream(Data), 1, window: 5);

        var window = Assert.Throws<ArgumentException>(() => Trainer(new()).Fit(new ListStream(Data), 2, window: 6, resumeFrom: folder.Path));
        var batches = Assert.Throws<ArgumentException>(() => Trainer(new()).Fit(new ListStream(Data), 2, window: 5, batchesPerEpoch: 2, resumeFrom: folder.Path));
        var data = Assert.Throws<ArgumentException>(() => Trainer(new()).Fit(Data, 2, resumeFrom: folder.Path));

        Assert.Contains("stream.window: 5, expected 6", window.Message, StringComparison.Ordinal);
        Assert.Contains("stream.batches_per_epoch: none, expected 2", batches.Message, StringComparison.Ordinal);
        Assert.Contains("stream: ListStream, expected none", data.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_that_ends_too_early_is_told(bool prefetch)
    {
        var stream = new ListStream(Data) { EndsAfter = 30 };

        var error = Assert.Throws<DataFormatException>(() => Trainer(new() { Prefetch = prefetch }).Fit(stream, 1));

        Assert.Contains("Expected 50 samples in an epoch of the stream; it ended after 30.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_a_stream_allocates_nothing()
    {
        long Allocated(int batches)
        {
            var stream = new GeneratedStream(1 << 20, 2, 1, (number, input, target) =>
            {
                input.Fill(number % 7);
                target[0] = number % 3;
            });
            var trainer = Trainer(new() { Threads = 1 });
            trainer.Fit(stream, 1, window: 20, batchesPerEpoch: 5);
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(stream, 1, window: 20, batchesPerEpoch: batches);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long Least(int batches) => Enumerable.Range(0, 3).Min(_ => Allocated(batches));
        var few = Least(10);
        Assert.InRange(Least(1010) - few, long.MinValue, 999);
    }

    private static Trainer<TinyClassifier> Trainer(TrainerOptions options) => new(new TinyClassifier(1), new Adam(0.05f), options);

    private static float[] Weights<TNetwork>(Trainer<TNetwork> trainer)
        where TNetwork : class, ITrainableNetwork<TNetwork> => trainer.Network.Weights.Values.ToArray();
}
