using StaticNet.Networks;
using StaticNet.Networks.Batches;

namespace StaticNet.Tests.Generated;

/// <summary>Large batches, whose gradients are computed in parts: the sums that small batches give, whatever their number of samples.</summary>
public class BatchPartsTests
{
    // A sample, whole chunks and one more or less, all parts and one more.
    [Theory]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(768)]
    [InlineData(769)]
    [InlineData(2048)]
    public void Gradients_are_those_of_small_batches(int count)
    {
        Compare<LargeRegression, SmallRegression>(count);
        Compare<LargeClassifier, SmallClassifier>(count);
    }

    [Fact]
    public void Gradients_of_parts_are_added_to_what_is_there()
    {
        var network = LargeRegression.Create(1);
        var (inputs, targets) = Samples<LargeRegression>(100);
        network.TrainBatch(new Batch(inputs, targets, 100));
        float[] once = [.. network.Gradients];

        network.TrainBatch(new Batch(inputs, targets, 100) { Accumulate = true });

        AssertClose([.. once.Select(gradient => 2 * gradient)], network.Gradients);
    }

    [Fact]
    public void Weights_of_samples_count_in_parts()
    {
        var network = LargeClassifier.Create(1);
        var (inputs, targets) = Samples<LargeClassifier>(1000);
        float[] weights = [.. Enumerable.Range(0, 1000).Select(sample => sample < 100 ? 1f : 0)];
        var loss = network.TrainBatch(new Batch(inputs, targets, 1000) { SampleWeights = weights, Scale = 1 });
        float[] gradients = [.. network.Gradients];

        var expected = network.TrainBatch(new Batch(inputs.AsSpan(0, 100 * LargeClassifier.InputLength), targets.AsSpan(0, 100), 100) { Scale = 1 });

        Assert.Equal(expected, loss, 1e-3f);
        AssertClose([.. network.Gradients], gradients);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    public void A_loss_of_eight_samples_at_a_time_is_that_of_each(int count)
    {
        Compare<MlpTanh8x16x16x4, MlpTanh8x16x16x4>(count, smallCount: 1);
        Compare<Mlp784x128x10, Mlp784x128x10>(count, smallCount: 1);
        Compare<LargeClassifier, SmallClassifier>(count, smallCount: 1);
    }

    private static void Compare<TLarge, TSmall>(int count, int smallCount = 64)
        where TLarge : class, ITrainableNetwork<TLarge>
        where TSmall : class, ITrainableNetwork<TSmall>
    {
        var (large, small) = (TLarge.Create(1), TSmall.Create(1));
        small.LoadStateDict(large.ToStateDict());
        var (inputs, targets) = Samples<TLarge>(count);
        var loss = large.TrainBatch(new Batch(inputs, targets, count) { Scale = 1f / count });
        var expected = 0.0;
        for (var first = 0; first < count; first += smallCount)
        {
            var samples = Math.Min(smallCount, count - first);
            expected += small.TrainBatch(new Batch(inputs.AsSpan(first * TLarge.InputLength, samples * TLarge.InputLength), targets.AsSpan(first * TLarge.TargetLength, samples * TLarge.TargetLength), samples)
            {
                Scale = 1f / count,
                FirstSample = (ulong)first,
                Accumulate = first > 0,
            });
        }

        Assert.Equal(expected, loss, 1e-5 * Math.Max(1, Math.Abs(expected)));
        AssertClose(small.Gradients, large.Gradients);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 0f;
        foreach (var gradient in expected)
            largest = Math.Max(largest, Math.Abs(gradient));
        Assert.True(largest > 0, "Expected gradients that are not all 0.");
        for (var index = 0; index < expected.Length; index++)
            Assert.True(Math.Abs(expected[index] - actual[index]) <= 2e-5f * largest, $"Gradient {index}: expected {expected[index]}, but it is {actual[index]}; the largest is {largest}.");
    }

    private static (float[] Inputs, float[] Targets) Samples<TNetwork>(int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var random = new Random(5);
        var loss = TNetwork.Description.Losses.Single();
        float[] inputs = [.. Enumerable.Range(0, count * TNetwork.InputLength).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] targets = [.. Enumerable.Range(0, count * TNetwork.TargetLength).Select(_ => loss.TargetIsIndex ? random.Next(loss.OutputLength) : (random.NextSingle() * 2) - 1)];
        return (inputs, targets);
    }
}
