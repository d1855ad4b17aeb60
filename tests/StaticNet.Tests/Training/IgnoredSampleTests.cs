using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>Samples of weight 0 count for nothing, whatever their inputs and targets are.</summary>
public class IgnoredSampleTests
{
    private static readonly TrainerOptions Options = new() { Shuffle = false, Threads = 1, Warnings = TextWriter.Null };

    [Theory]
    [InlineData(-1f)]
    [InlineData(-100f)]
    [InlineData(10f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void An_ignored_label_leaves_the_bits_of_a_training_as_they_are(float label)
    {
        var clean = Samples.Clouds(48).WithSampleWeights(Weights(48, 5, 17));
        var targets = clean.Targets.ToArray();
        (targets[5], targets[17]) = (label, label);
        var ignored = new DataSet(2, 1, clean.Inputs.ToArray(), targets, clean.SampleWeights.ToArray());

        Assert.Equal(Train(clean), Train(ignored));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_ignored_input_need_be_no_number(float input)
    {
        var clean = Samples.Clouds(48).WithSampleWeights(Weights(48, 5, 17));
        var inputs = clean.Inputs.ToArray();
        (inputs[11], inputs[34]) = (input, input);
        var ignored = new DataSet(2, 1, inputs, clean.Targets.ToArray(), clean.SampleWeights.ToArray());

        Assert.Equal(Train(clean), Train(ignored));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void An_ignored_target_of_a_regression_need_be_no_number(float target)
    {
        var (clean, ignored) = (new float[32], new float[32]);
        for (var sample = 0; sample < 32; sample++)
            clean[sample] = ignored[sample] = sample * 0.1f;
        ignored[3] = target;
        var inputs = Samples.Clouds(32).Inputs.ToArray();
        var network = new FiniteTargets(seed: 1);
        network.SetScaling(targets: Scaler.Standard(clean, 1));
        var other = new FiniteTargets(seed: 1);
        other.SetScaling(targets: Scaler.Standard(clean, 1));

        var history = Trainer.For(network, new Adam(), Options).Fit(new DataSet(2, 1, inputs, ignored, Weights(32, 3)), 3);
        Trainer.For(other, new Adam(), Options).Fit(new DataSet(2, 1, inputs, clean, Weights(32, 3)), 3);

        Assert.True(double.IsFinite(history.Epochs[^1].Loss));
        Assert.Equal(other.Weights.Values.ToArray(), network.Weights.Values.ToArray());
    }

    [Fact]
    public void Metrics_and_losses_leave_ignored_samples_out()
    {
        var data = Samples.Clouds(30);
        var targets = data.Targets.ToArray();
        (targets[0], targets[29]) = (-1, -1);
        var labelled = data.Subset([.. Enumerable.Range(1, 28)]);
        var ignored = new DataSet(2, 1, data.Inputs.ToArray(), targets).WithIgnoredTarget(-1);
        var trainer = Trainer.For(new IndexTargets(seed: 2), new Adam(), new TrainerOptions { Metrics = [new Accuracy(), new F1()], Warnings = TextWriter.Null });

        var (all, some) = (trainer.Evaluate(ignored), trainer.Evaluate(labelled));

        Assert.Equal(some["accuracy"], all["accuracy"]);
        Assert.Equal(some["f1"], all["f1"]);
        Assert.Equal(28, trainer.ConfusionMatrix(ignored).Total);
        // The sum of the losses is the same, and the number of samples is not.
        Assert.Equal(some.Loss * 28 / 30, all.Loss, 5);
    }

    [Fact]
    public void Balanced_weights_and_one_hot_targets_pass_over_ignored_labels()
    {
        var data = new DataSet(1, 1, [1, 2, 3, 4], [0, -1, 1, 1]).WithIgnoredTarget(-1);

        Assert.Equal([1f, 0, 1, 1], Enumerable.Range(0, 4).Select(sample => Weight(data, sample)));
        Assert.Equal([1.5f, 0.75f], ClassWeights.Balanced(data, 2));
        Assert.Equal([1.5f, 0, 0.75f, 0.75f], Enumerable.Range(0, 4).Select(sample => Weight(data.WithClassWeights([1.5f, 0.75f]), sample)));
        var oneHot = new float[8];
        data.ToOneHot(2).GatherTargets([0, 1, 2, 3], oneHot);
        Assert.Equal([1f, 0, 0, 0, 0, 1, 0, 1], oneHot);
        Assert.Throws<ArgumentException>(() => new DataSet(1, 1, [1, 2], [0, -1]).ToOneHot(2));
        Assert.Throws<ArgumentException>(() => new DataSet(1, 2, [1], [0, 1]).WithIgnoredTarget(-1));
    }

    [Fact]
    public void A_batch_of_ones_own_may_hold_an_ignored_label()
    {
        var network = new IndexTargets(seed: 1);

        var loss = network.TrainBatch(new Batch([1, 2, 3, 4], [3, -1], 2) { SampleWeights = [1, 0] });

        Assert.True(float.IsFinite(loss));
        Assert.Throws<ArgumentException>(() => network.TrainBatch(new Batch([1, 2, 3, 4], [3, -1], 2) { SampleWeights = [1, 0.1f] }));
        Assert.Throws<ArgumentException>(() => network.TrainBatch(new Batch([1, 2, 3, 4], [3, -1], 2)));
    }

    private static float Weight(DataSource data, int sample)
    {
        var weight = new float[1];
        data.GatherSampleWeights([sample], weight);
        return weight[0];
    }

    private static float[] Weights(int count, params int[] ignored) => [.. Enumerable.Range(0, count).Select(sample => ignored.Contains(sample) ? 0f : 1)];

    private static float[] Train(DataSource data)
    {
        var network = new IndexTargets(seed: 1);
        Trainer.For(network, new Adam(), Options).Fit(data, 3);
        return network.Weights.Values.ToArray();
    }
}
