using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>A source that blocks does not keep a training from being cancelled.</summary>
public class BlockedSourceTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void A_training_is_cancelled_while_its_source_blocks(bool prefetch, int accumulate)
    {
        using var cancel = new CancellationTokenSource();
        using var source = new Blocking(Train, blockAfter: 4, cancel);
        var trainer = Trainer(prefetch, accumulate);

        var history = trainer.Fit(source, 3, cancellationToken: cancel.Token);

        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Empty(history.Epochs);

        // What was trained of the epoch stays, and the rest follows.
        source.Release();
        trainer.Fit(source, 3);
        var undisturbed = Trainer(prefetch, accumulate);
        undisturbed.Fit(Train, 3);
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_training_is_cancelled_while_its_validation_source_blocks()
    {
        using var cancel = new CancellationTokenSource();
        // Three batches are looked at before the first epoch.
        using var source = new Blocking(Samples.Clouds(24), blockAfter: 4, cancel);
        var trainer = Trainer(false, 1);

        var history = trainer.Fit(Train, 3, source, cancellationToken: cancel.Token);
        source.Release();

        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Empty(history.Epochs);
        Assert.Equal(3, trainer.Fit(Train, 3, source).Epochs.Count);
        Assert.Equal(3, trainer.CompletedEpochs);
    }

    [Fact]
    public void A_training_is_cancelled_while_its_samples_are_looked_at()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        using var source = new Blocking(Train, blockAfter: 0, cancel);
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { Callbacks = [new CheckpointCallback(folder.Path)] });

        var history = trainer.Fit(source, 3, cancellationToken: cancel.Token);
        source.Release();

        Assert.Equal((StopReason.Cancelled, 0), (history.StopReason, trainer.CompletedEpochs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_is_cancelled_while_its_samples_are_divided_by_class(bool isCancelledBefore)
    {
        using var cancel = new CancellationTokenSource();
        using var source = new Blocking(Train, blockAfter: int.MaxValue, cancel, blockTargetsAfter: 0);
        var trainer = Trainer(false, 1);
        if (isCancelledBefore)
            cancel.Cancel();

        var history = trainer.Fit(source, 3, validationFraction: 0.2, cancellationToken: cancel.Token);
        source.Release();

        Assert.Equal((StopReason.Cancelled, 0), (history.StopReason, trainer.CompletedEpochs));
        Assert.Empty(history.Epochs);
        // Nothing is left of the call: the next one is the first.
        trainer.Fit(source, 2, validationFraction: 0.2);
        var undisturbed = Trainer(false, 1);
        undisturbed.Fit(Train, 2, validationFraction: 0.2);
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_training_is_cancelled_while_its_samples_are_compared_with_those_of_an_epoch_that_was_cut_short()
    {
        using var first = new CancellationTokenSource();
        using var cutShort = new Blocking(Train, blockAfter: 4, first);
        using var second = new CancellationTokenSource();
        using var source = new Blocking(Train, blockAfter: 0, second);
        var trainer = Trainer(false, 1);
        trainer.Fit(cutShort, 3, cancellationToken: first.Token);
        cutShort.Release();

        var history = trainer.Fit(source, 3, cancellationToken: second.Token);
        source.Release();

        Assert.Equal((StopReason.Cancelled, 0), (history.StopReason, trainer.CompletedEpochs));
        // The samples are the same, so that the rest of the epoch follows all the same.
        trainer.Fit(source, 3);
        var undisturbed = Trainer(false, 1);
        undisturbed.Fit(Train, 3);
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
    }

    private static Trainer<TinyClassifier> Trainer(bool prefetch, int accumulate) => new(
        new TinyClassifier(1), new Adam(0.05f), new TrainerOptions { BatchSize = 8, Prefetch = prefetch, AccumulateBatches = accumulate, Shuffle = false });

    /// <summary>Blocks when it has been read some times, and cancels then.</summary>
    private sealed class Blocking(DataSource source, int blockAfter, CancellationTokenSource cancel, int blockTargetsAfter = int.MaxValue) : DataSource, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private int _reads;
        private int _targetReads;

        public override int Count => source.Count;

        public override int InputLength => source.InputLength;

        public override int TargetLength => source.TargetLength;

        public void Release() => _released.Set();

        public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
        {
            BlockIf(_reads++ >= blockAfter);
            source.GatherInputs(samples, inputs);
        }

        public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
        {
            BlockIf(_targetReads++ >= blockTargetsAfter);
            source.GatherTargets(samples, targets);
        }

        private void BlockIf(bool isDue)
        {
            if (!isDue || _released.IsSet)
                return;
            cancel.CancelAfter(50);
            _released.Wait();
        }

        // Not the event: a thread that was left behind may still wait for it.
        public void Dispose() => _released.Set();
    }
}
