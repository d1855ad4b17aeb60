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
            "warning: The last batch of an epoch has one sample (33 samples in batches of 32), and one sample has no variance: batchNorm1 gives nothing but its bias for it. " +
            "The running statistics leave such a batch out. DropLast, or another BatchSize, avoids it.",
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

    private static Trainer<FeatureNormProbe> Trainer(FeatureNormProbe network, int? batchSize = null, params TrainingCallback[] callbacks) =>
        new(network, new Sgd(0), new TrainerOptions { BatchSize = batchSize, Callbacks = callbacks, Warnings = TextWriter.Null });

    private static double Variance(FeatureNormProbe network) => network.ToStateDict()["batchNorm1.running_var"].Values[0];

    private static DataSet Data(int count)
    {
        var random = new RandomStream(7, 0);
        return new DataSet(3, 1, [.. Enumerable.Range(0, count * 3).Select(_ => 4 * (float)random.NextNormal())], new float[count]);
    }
}
