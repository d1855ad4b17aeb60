using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>A run goes on with the samples that it was begun with, and trains none of them twice in an epoch.</summary>
public class ResumeDataTests
{
    private static readonly DataSet Train = Samples.Clouds(40);
    private static readonly DataSet Validation = Samples.Clouds(12, seed: 2);

    [Fact]
    public void Other_samples_of_the_same_number_are_refused()
    {
        var error = Refused(Samples.Clouds(40, seed: 9), Validation);

        Assert.Contains("samples.inputs: content ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("samples.targets", error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_number_of_one_sample_is_enough()
    {
        var inputs = Train.Inputs.ToArray();
        inputs[37] += 0.25f;
        var targets = Train.Targets.ToArray();
        targets[11] = (targets[11] + 1) % 3;

        Assert.Contains("samples.inputs", Refused(new DataSet(2, 1, inputs, Train.Targets.ToArray()), Validation), StringComparison.Ordinal);
        Assert.Contains("samples.targets", Refused(new DataSet(2, 1, Train.Inputs.ToArray(), targets), Validation), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_class_weights_are_refused()
    {
        Assert.Contains("samples.weights: none, expected content", Refused(Train.WithClassWeights([1, 2, 3]), Validation), StringComparison.Ordinal);
        Assert.Contains("samples.weights: content", Refused(Train.WithClassWeights([1, 2, 3]), Validation, Train.WithClassWeights([3, 2, 1])), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_validation_set_is_refused()
    {
        Assert.Contains("validation.inputs", Refused(Train, Samples.Clouds(12, seed: 3)), StringComparison.Ordinal);
        Assert.Contains("validation: 12, expected 15", Refused(Train, Samples.Clouds(15, seed: 2)), StringComparison.Ordinal);
        Assert.Contains("validation: 12, expected none", Refused(Train, null), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_samples_in_other_objects_are_the_same()
    {
        using var folder = new TemporaryFolder();
        Trainer(folder).Fit(Train, 1, Validation);

        var history = Trainer(folder).Fit(Samples.Clouds(40), 3, Samples.Clouds(12, seed: 2), resumeFrom: folder.Path);

        Assert.Equal(3, history.Epochs.Count);
    }

    [Theory]
    [InlineData(null, "expected 2")]
    [InlineData("scaling", null)]
    public void Another_scaling_is_refused_or_the_programs_counts(string? allowed, string? message)
    {
        using var folder = new TemporaryFolder();
        Trainer(folder).Fit(Train, 1);
        var present = Trainer(folder, allowed);
        var scaler = Scaler.Standard(Train.Inputs, 2);
        present.Network.SetScaling(scaler);

        if (message is null)
            present.Fit(Train, 2, resumeFrom: folder.Path);
        else
            Assert.Contains($"scaling.inputs: none, {message}", Assert.Throws<ArgumentException>(() => present.Fit(Train, 2, resumeFrom: folder.Path)).Message, StringComparison.Ordinal);

        Assert.Same(scaler, present.Network.Weights.Scaling.Inputs);
    }

    [Fact]
    public void A_scaling_of_other_figures_is_refused()
    {
        using var folder = new TemporaryFolder();
        var first = Trainer(folder);
        first.Network.SetScaling(Scaler.Standard(Train.Inputs, 2));
        first.Fit(Train, 1);
        var present = Trainer(folder);
        present.Network.SetScaling(Scaler.MinMax(Train.Inputs, 2));

        var error = Assert.Throws<ArgumentException>(() => present.Fit(Train, 2, resumeFrom: folder.Path));

        Assert.Contains("scaling.inputs.shift: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public void A_cancelled_epoch_is_finished_by_the_next_fit(int batch, int accumulate)
    {
        var undisturbed = Trainer(null, accumulate: accumulate);
        var expected = undisturbed.Fit(Train, 3);
        using var source = new CancellationTokenSource();
        var cancel = new RecordingCallback { AtBatchEnd = context => CancelAt(source, context, batch) };
        var trainer = Trainer(null, null, accumulate, cancel);

        var first = trainer.Fit(Train, 3, cancellationToken: source.Token);
        var second = trainer.Fit(Samples.Clouds(40), 2);

        Assert.Equal(StopReason.Cancelled, first.StopReason);
        Assert.Equal(3, trainer.CompletedEpochs);
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
        Assert.Equal(expected.Values("loss"), first.Values("loss").Concat(second.Values("loss")));
    }

    [Fact]
    public void With_other_samples_a_cancelled_epoch_is_begun_anew()
    {
        using var source = new CancellationTokenSource();
        var counts = new List<int>();
        var watch = new RecordingCallback { AtBatchEnd = context => CancelAt(source, context, 2), AtEpochEnd = context => counts.Add(context.Batch) };
        var trainer = Trainer(null, callbacks: watch);
        trainer.Fit(Train, 3, cancellationToken: source.Token);

        trainer.Fit(Samples.Clouds(40, seed: 5), 1);

        Assert.Equal(5, watch.Calls.Count(call => call.StartsWith("batch", StringComparison.Ordinal) && call.EndsWith("end", StringComparison.Ordinal)) - (5 + 2));
        Assert.Equal([5, 5], counts);
    }

    [Fact]
    public void An_epoch_that_an_exception_ended_goes_on_behind_its_last_step()
    {
        var undisturbed = Trainer(null);
        undisturbed.Fit(Train, 2);
        var fails = true;
        var failing = new RecordingCallback { AtBatchEnd = context => Fail(ref fails, context.Batch == 3) };
        var trainer = Trainer(null, callbacks: failing);

        Assert.Throws<InvalidOperationException>(() => trainer.Fit(Train, 2));
        trainer.Fit(Train, 2);

        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
    }

    private static void Fail(ref bool fails, bool now)
    {
        if (!fails || !now)
            return;
        fails = false;
        throw new InvalidOperationException("Once.");
    }

    private static void CancelAt(CancellationTokenSource source, TrainingContext context, int batch)
    {
        if (context.Epoch == 2 && context.Batch == batch)
            source.Cancel();
    }

    private static string Refused(DataSource train, DataSource? validation, DataSource? before = null)
    {
        using var folder = new TemporaryFolder();
        Trainer(folder).Fit(before ?? Train, 1, Validation);
        return Assert.Throws<ArgumentException>(() => Trainer(folder).Fit(train, 2, validation, resumeFrom: folder.Path)).Message;
    }

    private static Trainer<TinyClassifier> Trainer(TemporaryFolder? folder, string? allowed = null, int accumulate = 1, TrainingCallback? callbacks = null) =>
        new(new TinyClassifier(1), new Adam(0.05f), new TrainerOptions
        {
            BatchSize = 8,
            AccumulateBatches = accumulate,
            AllowedChanges = allowed is null ? [] : [allowed],
            Callbacks = [.. folder is null ? Array.Empty<TrainingCallback>() : [new CheckpointCallback(folder.Path)], .. callbacks is null ? Array.Empty<TrainingCallback>() : [callbacks]],
        });
}
