using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

public class AccumulationTests
{
    [Theory]
    [InlineData(48, 4, 4)]
    [InlineData(46, 4, 4)]
    [InlineData(37, 5, 3)]
    [InlineData(7, 4, 4)]
    public void Small_batches_make_the_steps_of_large_ones(int samples, int batchSize, int accumulate)
    {
        // The last group is smaller where samples are no multiple; weights count as they do in one batch.
        var data = Weighted(samples);
        var (small, large) = (new TinyClassifier(1), new TinyClassifier(1));
        var accumulating = new Trainer<TinyClassifier>(small, new Adam(0.05f), new TrainerOptions { BatchSize = batchSize, AccumulateBatches = accumulate });
        var whole = new Trainer<TinyClassifier>(large, new Adam(0.05f), new TrainerOptions { BatchSize = batchSize * accumulate });

        var (parts, once) = (accumulating.Fit(data, 3), whole.Fit(data, 3));

        Assert.Equal(whole.Optimizer.StepCount, accumulating.Optimizer.StepCount);
        Assert.Equal(large.Weights.Values.ToArray(), small.Weights.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(once.Values("loss"), parts.Values("loss"), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void The_loss_of_a_batch_is_the_mean_over_its_own_samples()
    {
        var losses = new List<double>();
        var callback = new RecordingCallback { AtBatchEnd = context => losses.Add(context.BatchLoss) };
        var network = new TinyClassifier(1);
        var data = Samples.Clouds(10);
        var evaluated = new Trainer<TinyClassifier>(network, new Sgd(0)).Evaluate(data).Loss;

        new Trainer<TinyClassifier>(network, new Sgd(0), new TrainerOptions { BatchSize = 4, AccumulateBatches = 2, Callbacks = [callback] }).Fit(data, 1);

        Assert.Equal(3, losses.Count);
        Assert.Equal(evaluated, ((4 * losses[0]) + (4 * losses[1]) + (2 * losses[2])) / 10, 1e-6);
    }

    [Fact]
    public void Dropped_samples_do_not_count_in_the_last_step()
    {
        var gradients = new List<float>();
        var callback = new RecordingCallback { AtStepBegin = context => gradients.Add(context.GradientsOf("dense1.bias")[0]) };
        // Inputs of zero, all of class 0: every sample has the same gradient, softmax − 1 = −2/3, whatever is averaged.
        var data = new DataSet(2, 1, new float[22], new float[11]);
        var options = new TrainerOptions { BatchSize = 2, AccumulateBatches = 3, DropLast = true, Callbacks = [callback] };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0), options).Fit(data, 1);

        Assert.Equal(2, gradients.Count);
        Assert.All(gradients, gradient => Assert.Equal(-2f / 3, gradient, 1e-6f));
    }

    [Fact]
    public void A_stop_between_the_batches_of_a_step_waits_for_the_step()
    {
        var callback = new RecordingCallback { Everything = true, AtBatchEnd = context => context.StopTraining("enough") };
        var options = new TrainerOptions { BatchSize = 2, AccumulateBatches = 2, Callbacks = [callback] };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(1), options).Fit(Samples.Clouds(12), 1);

        Assert.Equal(["step", "batch 2 end", "epoch 1 interrupted after 2", "end Callback"], callback.Calls[^4..]);
    }

    [Fact]
    public void Fewer_than_one_batch_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(1), new TrainerOptions { AccumulateBatches = 0 }));
    }

    private static DataSet Weighted(int samples)
    {
        var data = Samples.Clouds(samples);
        return new DataSet(2, 1, data.Inputs.ToArray(), data.Targets.ToArray(), [.. Enumerable.Range(0, samples).Select(index => 0.5f + (index % 3))]);
    }
}
