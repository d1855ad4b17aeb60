using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

public class AveragedWeightsTests
{
    // 50 samples by 8: seven batches an epoch.
    private static readonly DataSet Train = Samples.Clouds(50);
    private static readonly DataSet Validation = Samples.Clouds(20, seed: 2);

    public static TheoryData<string, int> Breaks
    {
        get
        {
            var breaks = new TheoryData<string, int>();
            foreach (var kind in new[] { "warm-up", "corrected", "mean", "mean of steps" })
            {
                for (var batch = 2; batch < 28; batch += 4)
                    breaks.Add(kind, batch);
            }

            return breaks;
        }
    }

    [Theory]
    [InlineData(AverageStart.WarmUp)]
    [InlineData(AverageStart.Corrected)]
    [InlineData(AverageStart.FirstWeights)]
    public void An_exponential_average_is_the_formula(AverageStart start)
    {
        const double decay = 0.8;
        var average = new ExponentialAverage(decay, start) { UseAtEnd = false };
        var steps = new List<float[]>();
        var trainer = Trainer([average, Noting(steps)]);

        trainer.Fit(Train, 2);

        Assert.Equal(14, steps.Count);
        var expected = new double[steps[0].Length];
        if (start == AverageStart.Corrected)
        {
            // All steps by their weights, without the recurrence.
            var total = Enumerable.Range(0, 14).Sum(age => Math.Pow(decay, age));
            for (var step = 0; step < 14; step++)
                Add(steps[step], Math.Pow(decay, 13 - step) / total, 1);
        }
        else
        {
            Add(steps[0], 1, 1);
            for (var step = 1; step < 14; step++)
            {
                var keep = start == AverageStart.WarmUp ? Math.Min(decay, (1.0 + step) / (10.0 + step)) : decay;
                Add(steps[step], 1 - keep, keep);
            }
        }

        Assert.Equal(14, average.Count);
        Assert.Equal(steps[^1], trainer.Network.Weights.Values.ToArray());
        average.Swap();
        AssertNear(expected, trainer.Network.Weights.Values);

        void Add(float[] weights, double part, double keep)
        {
            for (var index = 0; index < expected.Length; index++)
                expected[index] = (keep * expected[index]) + (part * weights[index]);
        }
    }

    [Fact]
    public void A_mean_is_that_of_the_ends_of_late_epochs()
    {
        var average = new StochasticWeightAverage(startEpoch: 2);
        var ends = new List<float[]>();
        var trainer = Trainer([new RecordingCallback { AtEpochEnd = context => ends.Add(context.Trainer.Weights.Values.ToArray()) }, average]);

        trainer.Fit(Train, 5);

        Assert.Equal((3L, true), (average.Count, average.IsInNetwork));
        AssertNear([.. Enumerable.Range(0, ends[0].Length).Select(index => ends.Skip(2).Average(weights => (double)weights[index]))], trainer.Network.Weights.Values);
    }

    [Fact]
    public void A_mean_may_be_one_of_steps()
    {
        var average = new StochasticWeightAverage(startStep: 4) { EverySteps = 3 };
        var steps = new List<float[]>();
        var trainer = Trainer([average, Noting(steps)]);

        trainer.Fit(Train, 2);

        // After steps 7, 10 and 13.
        Assert.Equal(3, average.Count);
        AssertNear([.. Enumerable.Range(0, steps[0].Length).Select(index => (steps[6][index] + (double)steps[9][index] + steps[12][index]) / 3)], trainer.Network.Weights.Values);
    }

    [Fact]
    public void What_is_measured_restored_and_stored_is_the_average()
    {
        using var folder = new TemporaryFolder();
        var averages = new List<float[]>();
        var average = new ExponentialAverage(0.9, AverageStart.FirstWeights);
        var checkpoints = new CheckpointCallback(folder.Path) { Monitor = "validation_loss" };
        var stopping = new EarlyStopping(patience: 100);
        var noting = new RecordingCallback { AtEpochEnd = Note };
        var trainer = Trainer([average, noting, stopping, checkpoints], rate: 0.4f);

        var history = trainer.Fit(Train, 5, Validation);

        Assert.Equal(5, averages.Count);
        var best = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        Assert.Equal(best, stopping.BestEpoch);
        for (var epoch = 0; epoch < 5; epoch++)
            Assert.Equal(history.Epochs[epoch].ValidationLoss, LossOf(averages[epoch]));
        var network = new TinyClassifier(9);
        network.LoadSafetensors(checkpoints.BestPaths[0], strict: false);
        Assert.Equal(averages[best - 1], network.Weights.Values.ToArray());
        network.LoadSafetensors(checkpoints.LastPath!, strict: false);
        Assert.Equal(averages[4], network.Weights.Values.ToArray());

        void Note(TrainingContext context)
        {
            var training = context.Trainer.Weights.Values.ToArray();
            average.Swap();
            averages.Add(context.Trainer.Weights.Values.ToArray());
            average.Swap();
            Assert.Equal(training, context.Trainer.Weights.Values.ToArray());
        }
    }

    [Fact]
    public void The_weights_of_training_are_those_without_an_average_over_several_runs()
    {
        var plain = Trainer([]);
        plain.Fit(Train, 2, Validation);
        plain.Fit(Train, 3, Validation);
        var average = new ExponentialAverage(0.9);
        var trainer = Trainer([average]);

        trainer.Fit(Train, 2, Validation);
        Assert.True(average.IsInNetwork);
        trainer.Fit(Train, 3, Validation);

        Assert.Equal(35, average.Count);
        Assert.NotEqual(plain.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
        average.Swap();
        Assert.Equal(plain.Network.Weights.Values.ToArray(), trainer.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void Weights_that_were_changed_between_two_runs_begin_another_average()
    {
        var average = new ExponentialAverage(0.9);
        var trainer = Trainer([average]);
        trainer.Fit(Train, 2);
        var start = new TinyClassifier(7).Weights.Values.ToArray();
        start.CopyTo(trainer.Network.Weights.Edit());

        trainer.Fit(Train, 1);

        // The average knows nothing but the seven steps from there.
        Assert.Equal((7L, true), (average.Count, average.IsInNetwork));
        Assert.All(Enumerable.Range(0, start.Length), index => Assert.Equal(start[index], trainer.Network.Weights.Values[index], 0.35));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_run_that_breaks_goes_on_bit_for_bit(string kind, int breakAfter)
    {
        using var folder = new TemporaryFolder();
        var (expected, resumedAverage) = (Average(kind), Average(kind));
        TrainingCallback[] Callbacks(AveragedWeights average, params TrainingCallback[] more) => [average, new EarlyStopping(patience: 50, restoreBestWeights: false), .. more];
        var undisturbed = Trainer(Callbacks(expected), rate: 0.3f);
        var expectedHistory = undisturbed.Fit(Train, 4, Validation);
        var left = breakAfter;
        var breaking = new RecordingCallback { AtBatchEnd = _ => BreakIf(--left == 0) };

        Assert.Throws<OperationCanceledException>(() => Trainer(Callbacks(Average(kind), new CheckpointCallback(folder.Path) { EveryBatches = 1 }, breaking), rate: 0.3f).Fit(Train, 4, Validation));
        var resumed = Trainer(Callbacks(resumedAverage, new CheckpointCallback(folder.Path)), rate: 0.3f);
        var history = resumed.Fit(Train, 4, Validation, resumeFrom: folder.Path);

        Assert.Equal((expected.Count, expected.IsInNetwork), (resumedAverage.Count, resumedAverage.IsInNetwork));
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
        Assert.Equal(expectedHistory.Values("validation_loss"), history.Values("validation_loss"));
        expected.Swap();
        resumedAverage.Swap();
        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_checkpoint_of_another_average_is_refused_and_nothing_changes()
    {
        using var folder = new TemporaryFolder();
        Trainer([new ExponentialAverage(0.9), new CheckpointCallback(folder.Path)]).Fit(Train, 2);
        var average = new ExponentialAverage(0.8);
        var trainer = Trainer([average]);
        trainer.Fit(Train, 1);
        var (network, count) = (trainer.Network.Weights.Values.ToArray(), average.Count);

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(Train, 3, resumeFrom: folder.Path));

        Assert.Contains("decay 0.8", error.Message, StringComparison.Ordinal);
        Assert.Equal(network, trainer.Network.Weights.Values.ToArray());
        Assert.Equal((count, true), (average.Count, average.IsInNetwork));
        average.Swap();
        average.Swap();
        Assert.Equal(network, trainer.Network.Weights.Values.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_mean_of_a_network_with_a_batch_norm_has_statistics_of_its_own(bool withValidation)
    {
        var data = new DataSet(12, 1, [.. Enumerable.Range(0, 12 * 16).Select(index => MathF.Sin(index) + (index % 5))], [.. Enumerable.Range(0, 16).Select(index => index % 3f)]);
        var network = new NormProbe(seed: 1);
        var options = new TrainerOptions { Callbacks = [new StochasticWeightAverage()], Warnings = TextWriter.Null };
        var trainer = new Trainer<NormProbe>(network, new Sgd(0.01f), options);

        var history = trainer.Fit(data, 3, withValidation ? data : null);

        var renewed = network.Weights.Values.ToArray();
        network.RecalibrateStatistics(data);
        Assert.Equal(network.Weights.Values.ToArray(), renewed);
        if (withValidation)
            Assert.Equal(history.Epochs[^1].ValidationLoss, trainer.Evaluate(data).Loss);

        // Those of training are another thing: its momentum has not got there.
        var moving = new NormProbe(seed: 1);
        new Trainer<NormProbe>(moving, new Sgd(0.01f), new TrainerOptions { Callbacks = [new StochasticWeightAverage { RenewStatistics = false }], Warnings = TextWriter.Null }).Fit(data, 3);
        Assert.NotEqual(Mean(moving), Mean(network));

        static float[] Mean(NormProbe network) => network.ToStateDict().Single(tensor => tensor.Name.EndsWith(".running_mean", StringComparison.Ordinal)).Values.ToArray();
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Statistics_of_a_mean_are_the_same_after_a_run_is_resumed(int epochs, bool withValidation)
    {
        using var folder = new TemporaryFolder();
        var data = new DataSet(12, 1, [.. Enumerable.Range(0, 12 * 16).Select(index => MathF.Sin(index))], [.. Enumerable.Range(0, 16).Select(index => index % 3f)]);
        NormProbe Fit(int epochs, string? from, params TrainingCallback[] more)
        {
            var network = new NormProbe(seed: 1);
            var options = new TrainerOptions { Callbacks = [new StochasticWeightAverage(), .. more], Warnings = TextWriter.Null };
            new Trainer<NormProbe>(network, new Sgd(0.01f), options).Fit(data, epochs, withValidation ? data : null, resumeFrom: from);
            return network;
        }

        var expected = Fit(3, null);
        Fit(epochs, null, new CheckpointCallback(folder.Path));

        Assert.Equal(expected.Weights.Values.ToArray(), Fit(3, folder.Path).Weights.Values.ToArray());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void A_run_that_is_cancelled_ends_with_the_mean_without_another_pass(int epoch, int interruptions)
    {
        var data = new DataSet(12, 1, [.. Enumerable.Range(0, 12 * 16).Select(index => MathF.Sin(index))], [.. Enumerable.Range(0, 16).Select(index => index % 3f)]);
        using var source = new CancellationTokenSource();
        var average = new StochasticWeightAverage();
        // Within the second epoch, or behind the last one.
        var cancelling = new RecordingCallback
        {
            Everything = true,
            AtBatchEnd = context => CancelIf(epoch == 2 && context is { Epoch: 2, Batch: 1 }),
            AtEpochEnd = context => CancelIf(epoch == 3 && context.Epoch == 3),
        };
        var trainer = new Trainer<NormProbe>(new NormProbe(seed: 1), new Sgd(0.01f), new TrainerOptions { Callbacks = [average, cancelling], Warnings = TextWriter.Null });

        var history = trainer.Fit(data, 3, cancellationToken: source.Token);

        Assert.Equal((StopReason.Cancelled, true), (history.StopReason, average.IsInNetwork));
        Assert.Equal(interruptions, cancelling.Calls.Count(call => call.Contains("interrupted", StringComparison.Ordinal)));
        Assert.Equal("end Cancelled", cancelling.Calls[^1]);

        void CancelIf(bool now)
        {
            if (now)
                source.Cancel();
        }
    }

    [Fact]
    public void Batch_norms_change_nothing_in_the_weights_of_training()
    {
        var data = new DataSet(12, 1, [.. Enumerable.Range(0, 12 * 16).Select(index => MathF.Sin(index))], new float[16]);
        TrainerOptions Options(params TrainingCallback[] callbacks) => new() { Callbacks = callbacks, ValidateEvery = 3, Warnings = TextWriter.Null };
        var (plain, averaged) = (new NormProbe(seed: 1), new NormProbe(seed: 1));
        new Trainer<NormProbe>(plain, new Sgd(0.01f), Options()).Fit(data, 3, data);

        new Trainer<NormProbe>(averaged, new Sgd(0.01f), Options(new StochasticWeightAverage { EverySteps = 2, UseAtEnd = false })).Fit(data, 3, data);

        Assert.Equal(plain.Weights.Values.ToArray(), averaged.Weights.Values.ToArray());
    }

    [Fact]
    public void After_an_exception_the_network_has_the_weights_of_training()
    {
        var average = new ExponentialAverage();
        var trainer = Trainer([average, new RecordingCallback { AtEpochEnd = _ => throw new FormatException() }]);

        Assert.Throws<FormatException>(() => trainer.Fit(Train, 2));

        Assert.False(average.IsInNetwork);
        Assert.Equal(7, average.Count);
    }

    [Fact]
    public void One_average_is_taken_and_figures_outside_their_range_are_not()
    {
        Assert.Contains("at most one average", Assert.Throws<ArgumentException>(() => Trainer([new ExponentialAverage(), new StochasticWeightAverage()])).Message, StringComparison.Ordinal);
        foreach (var decay in (double[])[-0.1, 1, double.NaN])
            Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialAverage(decay));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialAverage(0.9, (AverageStart)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticWeightAverage(startEpoch: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticWeightAverage(startStep: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticWeightAverage { EverySteps = 0 });
        Assert.Throws<InvalidOperationException>(() => new ExponentialAverage().Swap());
    }

    private static AveragedWeights Average(string kind) => kind switch
    {
        "warm-up" => new ExponentialAverage(0.95),
        "corrected" => new ExponentialAverage(0.9, AverageStart.Corrected, startStep: 5),
        "mean" => new StochasticWeightAverage(startEpoch: 1),
        _ => new StochasticWeightAverage { EverySteps = 3 },
    };

    private static Trainer<TinyClassifier> Trainer(TrainingCallback[] callbacks, float rate = 0.05f) =>
        new(new TinyClassifier(1), new Adam(rate) { Schedule = new CosineDecay(100) }, new TrainerOptions { BatchSize = 8, Callbacks = callbacks });

    private static double LossOf(float[] weights)
    {
        var network = new TinyClassifier(1);
        weights.CopyTo(network.Weights.Edit());
        return new Trainer<TinyClassifier>(network, new Sgd(0), new TrainerOptions { BatchSize = 8 }).Evaluate(Validation).Loss;
    }

    private static RecordingCallback Noting(List<float[]> steps) => new() { AtBatchEnd = context => steps.Add(context.Trainer.Weights.Values.ToArray()) };

    private static void AssertNear(double[] expected, ReadOnlySpan<float> actual)
    {
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-6);
    }

    private static void BreakIf(bool now)
    {
        if (now)
            throw new OperationCanceledException();
    }
}
