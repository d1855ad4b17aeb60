using StaticNet.Networks;
using StaticNet.Numerics;

namespace StaticNet.Tests.Surface;

/// <summary>Losses refuse targets that they are not defined for, in training and in evaluation, and say which one.</summary>
public class TargetTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(1.0000001f)]
    [InlineData(float.NaN)]
    public void Binary_cross_entropy_takes_targets_from_0_to_1(float target)
    {
        Refuses<ProbabilityTargets>(target, "BinaryCrossEntropyLoss takes numbers from 0 to 1");
        Refuses<LogitTargets>(target, "BinaryCrossEntropyWithLogitsLoss takes numbers from 0 to 1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5f)]
    [InlineData(2)]
    [InlineData(float.NaN)]
    public void A_hinge_takes_minus_1_or_1(float target)
    {
        Refuses<SignTargets>(target, "HingeLoss takes -1 or 1");
        Refuses<SquaredSignTargets>(target, "SquaredHingeLoss takes -1 or 1");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Errors_take_finite_targets(float target) => Refuses<FiniteTargets>(target, "HuberLoss takes finite numbers");

    [Theory]
    [InlineData(10)]
    [InlineData(1e9f)]
    [InlineData(-1)]
    [InlineData(2.5f)]
    [InlineData(float.NaN)]
    public void A_class_is_a_place_among_the_classes(float target) =>
        Refuses<IndexTargets>(target, "SoftmaxCrossEntropyLoss takes a class index, a whole number from 0 to 9");

    [Fact]
    public void Every_sample_is_checked_whatever_its_place()
    {
        for (var count = 1; count <= 16; count++)
        {
            for (var wrong = 0; wrong < count; wrong++)
            {
                var targets = new float[count];
                targets[wrong] = -1;
                var error = Assert.Throws<ArgumentException>(() => Train<ProbabilityTargets>(targets));
                Assert.Contains($"target 0 of sample {wrong} is -1", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Targets_of_each_loss_are_checked_by_their_own_rule()
    {
        Train<MixedTargets>([2, -7, 7, 0, 1e9f, -5]);

        Assert.Contains("target 0 of sample 1 is 3", Assert.Throws<ArgumentException>(() => Train<MixedTargets>([2, 0, 0, 3, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("target 2 of sample 1 is NaN", Assert.Throws<ArgumentException>(() => Train<MixedTargets>([2, 0, 0, 1, 0, float.NaN])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Soft_targets_are_probabilities_that_sum_to_1()
    {
        Train<DistributionTargets>([0.2f, 0.3f, 0.5f, 0, 1, 0]);

        Assert.Contains("those of sample 1 sum to 2", Assert.Throws<ArgumentException>(() => Train<DistributionTargets>([1, 0, 0, 1, 0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("those of sample 0 sum to 0", Assert.Throws<ArgumentException>(() => Train<DistributionTargets>([0, 0, 0, 1, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("target 1 of sample 1 is 1.5", Assert.Throws<ArgumentException>(() => Train<DistributionTargets>([1, 0, 0, 0, 1.5f, -0.5f])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_carries_its_sample_and_a_message_without_it()
    {
        var target = SampleFault.Of(Assert.Throws<ArgumentException>(() => Train<MixedTargets>([2, 0, 0, 3, 0, 0])));
        var sum = SampleFault.Of(Assert.Throws<ArgumentException>(() => Train<DistributionTargets>([1, 0, 0, 1, 0, 1])));
        var weight = SampleFault.Of(Assert.Throws<ArgumentException>(() => new FiniteTargets().TrainBatch(new Batch(new float[4], new float[2], 2) { SampleWeights = [1, -1] })));
        var length = SampleFault.Of(Assert.Throws<ArgumentException>(() => new FiniteTargets().TrainBatch(new Batch(new float[3], new float[2], 2))));

        Assert.Equal(new SampleFault(1, "SoftmaxCrossEntropyLoss takes a class index, a whole number from 0 to 2; target 0 is 3."), target);
        Assert.Equal(1, sum!.Sample);
        Assert.StartsWith("SoftmaxCrossEntropyLoss with SoftTargets takes probabilities that sum to 1; those sum to 2.", sum.Message, StringComparison.Ordinal);
        Assert.Equal(new SampleFault(1, "Expected finite sample weights of 0 or more; that is -1."), weight);
        Assert.Null(length);
    }

    [Fact]
    public void A_sample_of_weight_0_needs_no_class()
    {
        var batch = new Batch(new float[2 * DistributionTargets.InputLength], [0, 0, 0, 0, 1, 0], 2) { SampleWeights = [0, 1] };

        Assert.True(float.IsFinite(DistributionTargets.Create(1).TrainBatch(batch)));
    }

    [Fact]
    public void One_hot_targets_for_indices_name_SoftTargets()
    {
        var error = Assert.Throws<ArgumentException>(() => IndexTargets.CheckBatch(new Batch(new float[4], new float[20], 2)));

        Assert.Contains("look like one-hot targets", error.Message, StringComparison.Ordinal);
        Assert.Contains("SoftTargets = true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indices_for_soft_targets_name_SoftTargets()
    {
        var error = Assert.Throws<ArgumentException>(() => DistributionTargets.CheckBatch(new Batch(new float[4], [0, 1], 2)));

        Assert.Contains("look like class indices", error.Message, StringComparison.Ordinal);
        Assert.Contains("leave SoftTargets out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Valid_targets_are_taken_without_allocating()
    {
        var network = new LogitTargets();
        var targets = Enumerable.Range(0, 48).Select(index => index / 47f).ToArray();
        var (inputs, outputs) = (new float[32], new float[48]);
        network.TrainBatch(new Batch(inputs, targets, 16));
        network.EvaluateBatch(new Batch(inputs, targets, 16), outputs);

        Assert.Equal(0, Allocations.Of(() =>
        {
            network.TrainBatch(new Batch(inputs, targets, 16));
            network.EvaluateBatch(new Batch(inputs, targets, 16), outputs);
        }));
    }

    /// <summary>A wrong target among valid ones, in training, evaluation and a part of a phase's check.</summary>
    private static void Refuses<TNetwork>(float target, string message)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var valid = typeof(TNetwork) == typeof(SignTargets) || typeof(TNetwork) == typeof(SquaredSignTargets) ? 1f : 0f;
        var targets = Enumerable.Repeat(valid, 11 * TNetwork.TargetLength).ToArray();
        Train<TNetwork>(targets);
        targets[7 * TNetwork.TargetLength] = target;

        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Train<TNetwork>(targets)).Message, StringComparison.Ordinal);
        Assert.Contains("target 0 of sample 7", Assert.Throws<ArgumentException>(() => Evaluate<TNetwork>(targets)).Message, StringComparison.Ordinal);
    }

    private static void Train<TNetwork>(float[] targets)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var count = targets.Length / TNetwork.TargetLength;
        Assert.True(float.IsFinite(TNetwork.Create(1).TrainBatch(new Batch(new float[count * TNetwork.InputLength], targets, count))));
    }

    private static void Evaluate<TNetwork>(float[] targets)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var count = targets.Length / TNetwork.TargetLength;
        TNetwork.Create(1).EvaluateBatch(new Batch(new float[count * TNetwork.InputLength], targets, count), new float[count * TNetwork.OutputLength]);
    }
}
