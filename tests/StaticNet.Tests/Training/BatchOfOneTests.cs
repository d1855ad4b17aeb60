using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>A batch of one sample has no variance: the running one of a batch norm leaves it out, and the user is told.</summary>
public class BatchOfOneTests
{
    [Fact]
    public void A_last_batch_of_one_leaves_the_running_statistics_and_is_warned_of()
    {
        var (whole, lone, watch) = (new FeatureNormProbe(1), new FeatureNormProbe(1), new RecordingCallback { Everything = true });
        Trainer(whole).Fit(Data(32), 20);

        Trainer(lone, null, watch).Fit(Data(33), 20);

        // 32 samples in random order of 33: near the variance of all, where it was 0.1 before.
        Assert.InRange(Variance(lone) / Variance(whole), 0.8, 1.25);
        Assert.Equal(20, lone.ToStateDict()["batchNorm1.num_batches_tracked"].Values[0]);
        Assert.Equal(
            "warning: The last batch of an epoch has one sample (33 samples in batches of 32), and one sample has no variance, so batchNorm1 can only output the bias for it. " +
            "The running statistics ignore such a batch. DropLast, or another BatchSize, avoids it.",
            Assert.Single(watch.Calls, call => call.StartsWith("warning", StringComparison.Ordinal)));
    }

    [Fact]
    public void Batches_of_one_change_no_statistic_and_are_warned_of()
    {
        var (network, watch) = (new FeatureNormProbe(1), new RecordingCallback { Everything = true });
        var before = network.ToStateDict()["batchNorm1.running_var"].Values.ToArray();

        Trainer(network, 1, watch).Fit(Data(9), 2);

        Assert.Equal(before, network.ToStateDict()["batchNorm1.running_var"].Values.ToArray());
        Assert.Contains(watch.Calls, call => call.StartsWith("warning: Each batch has one sample", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_has_a_variance_of_its_own()
    {
        var (network, watch) = (new NormProbe(1), new RecordingCallback { Everything = true });
        var before = network.ToStateDict()["batchNorm1.running_var"].Values.ToArray();
        var random = new RandomStream(1, 0);
        var data = new DataSet(12, 1, [.. Enumerable.Range(0, 5 * 12).Select(_ => (float)random.NextNormal())], new float[5]);

        new Trainer<NormProbe>(network, new Sgd(0), new TrainerOptions { BatchSize = 1, Callbacks = [watch], Warnings = TextWriter.Null }).Fit(data, 1);

        Assert.NotEqual(before, network.ToStateDict()["batchNorm1.running_var"].Values.ToArray());
        Assert.DoesNotContain(watch.Calls, call => call.StartsWith("warning", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_loop_without_the_trainer_leaves_the_running_statistics_too(int threads)
    {
        var network = new FeatureNormProbe(1);
        network.TrainBatch(new Batch([1, 2, 3, 4, 6, 8], [0, 0], 2));
        var before = network.ToStateDict();
        using var pool = new WorkerPool(Math.Max(threads, 1));
        var step = new ParallelStep<FeatureNormProbe>(network, pool);

        for (var time = 0; time < 20; time++)
        {
            var batch = new Batch([4, 5, 6], [0], 1);
            _ = threads == 0 ? network.TrainBatch(batch) : step.TrainBatch(batch);
        }

        // 0.9 of the first mean and variance, 0 and 1, and 0.1 of the batch's, of which the variance is (3² / 2) and so on.
        Assert.Equal([0.25f, 0.4f, 0.55f], network.ToStateDict()["batchNorm1.running_mean"].Values.ToArray());
        Assert.Equal([1.35f, 1.7f, 2.15f], network.ToStateDict()["batchNorm1.running_var"].Values.ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-6);
        Assert.Equal(1, network.ToStateDict()["batchNorm1.num_batches_tracked"].Values[0]);
        Assert.Equal(before["batchNorm1.running_var"].Values.ToArray(), network.ToStateDict()["batchNorm1.running_var"].Values.ToArray());
    }

    [Fact]
    public void A_later_call_of_Fit_warns_of_what_an_earlier_one_had_no_reason_to()
    {
        var watch = new RecordingCallback { Everything = true };
        var trainer = Trainer(new FeatureNormProbe(1), null, watch);

        trainer.Fit(Data(64), 1);
        Assert.DoesNotContain(watch.Calls, call => call.StartsWith("warning", StringComparison.Ordinal));
        trainer.Fit(Data(33), 1);
        trainer.Fit(Data(33), 1);

        Assert.StartsWith("warning: The last batch", Assert.Single(watch.Calls, call => call.StartsWith("warning", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static Trainer<FeatureNormProbe> Trainer(FeatureNormProbe network, int? batchSize = null, params TrainingCallback[] callbacks) =>
        new(network, new Sgd(0), new TrainerOptions { BatchSize = batchSize, Callbacks = callbacks, Warnings = TextWriter.Null });

    private static double Variance(FeatureNormProbe network) => network.ToStateDict()["batchNorm1.running_var"].Values[0];

    private static DataSet Data(int count)
    {
        var random = new RandomStream(7, 0);
        return new DataSet(3, 1, [.. Enumerable.Range(0, count * 3).Select(_ => 4 * (float)random.NextNormal())], new float[count]);
    }
}
