using StaticNet.Data;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Augmentation;

public class MixupTests
{
    [Theory]
    [InlineData(0.05f)]
    [InlineData(0.4f)]
    [InlineData(1f)]
    [InlineData(5f)]
    public void Samples_are_mixed_in_pairs_by_Beta_numbers(float alpha)
    {
        // Input i is 1 at place i: the mixed one shows partner and share. Targets are twice that, weights 1 + i. The target times the
        // weight is the sum of both targets, each times its share and its weight.
        const int Count = 32;
        var pipeline = new AugmentationPipeline(new ImageShape(1, 1, Count), [new Mixup(alpha)], seed: 3);
        pipeline.Prepare(Count, Count, Count);
        var shares = new List<double>();
        var partners = new HashSet<int>();
        for (var batch = 0; batch < 300; batch++)
        {
            var inputs = new float[Count * Count];
            for (var i = 0; i < Count; i++)
                inputs[(i * Count) + i] = 1;
            var targets = inputs.Select(x => 2 * x).ToArray();
            float[] weights = [.. Enumerable.Range(1, Count).Select(i => (float)i)];
            pipeline.Apply(inputs, targets, weights, Count, (ulong)(batch * Count));
            for (var i = 0; i < Count; i++)
            {
                var row = inputs[(i * Count)..((i + 1) * Count)];
                Assert.Equal(1, row.Sum(), 1e-5f);
                Assert.Equal(row.Select((x, j) => 2 * x * (1 + j)), targets[(i * Count)..((i + 1) * Count)].Select(y => y * weights[i]), (a, b) => Math.Abs(a - b) < 1e-4f);
                Assert.Equal(row.Select((x, j) => x * (1 + j)).Sum(), weights[i], 1e-3f);
                var others = Enumerable.Range(0, Count).Where(j => j != i && row[j] > 0).ToArray();
                Assert.True(others.Length <= 1);
                if (others.Length == 1)
                {
                    partners.Add(others[0]);
                    shares.Add(row[i]);
                }
            }
        }

        Assert.Equal(Count, partners.Count);
        // Those with the share 1 to the last bit show no partner: a lack of large shares for a small alpha.
        if (alpha >= 0.4f)
        {
            Assert.Equal(0.5, shares.Average(), 0.02);
            Assert.Equal(1 / (4 * ((2 * alpha) + 1)), shares.Average(x => (x - 0.5) * (x - 0.5)), 0.01);
        }
        else
        {
            Assert.All(shares, share => Assert.InRange(share, 0, 1));
        }
    }

    [Fact]
    public void A_target_of_weight_zero_has_no_part()
    {
        var pipeline = new AugmentationPipeline(new ImageShape(1, 1, 1), [new Mixup(1) { NumericTargets = true }], seed: 5);
        pipeline.Prepare(8, 1, 1);
        float[] inputs = [0, 0, 0, 0, 1, 1, 1, 1];
        float[] targets = [3, 3, 3, 3, 1000, 1000, 1000, 1000];
        float[] weights = [2, 2, 2, 2, 0, 0, 0, 0];
        pipeline.Apply(inputs, targets, weights, 8, 0);

        // The input of a mixed sample tells how much of it weighs nothing.
        Assert.Equal(inputs.Select(x => 2 * (1 - x)), weights, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Contains(inputs, x => x is > 0 and < 1);
        Assert.All(targets.Zip(weights).Where(pair => pair.Second > 0), pair => Assert.Equal(3, pair.First, 1e-5f));
        Assert.All(targets.Zip(weights).Where(pair => pair.Second == 0), pair => Assert.Equal(1000, pair.First, 1e-3f));
    }

    [Fact]
    public void Equal_weights_mix_targets_as_none_do()
    {
        float[] Targets(float[] weights)
        {
            var pipeline = new AugmentationPipeline(new ImageShape(1, 1, 1), [new Mixup(1) { NumericTargets = true }], seed: 5);
            pipeline.Prepare(4, 1, 1);
            float[] targets = [1, 2, 3, 4];
            pipeline.Apply(new float[4], targets, weights, 4, 0);
            return targets;
        }

        Assert.Equal(Targets([]), Targets([2, 2, 2, 2]), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void A_batch_of_one_stays_as_it_is()
    {
        var data = new DataSet(4, 2, [1, 2, 3, 4], [0.25f, 0.75f], [3]);
        using var loader = new DataLoader(data, 1, transform: new AugmentationPipeline(new ImageShape(1, 2, 2), [new Mixup(1)]));
        foreach (var batch in loader.Epoch(0))
        {
            Images.Near([1, 2, 3, 4], batch.Inputs.ToArray(), 1e-6);
            Images.Near([0.25f, 0.75f], batch.Targets.ToArray(), 1e-6);
            Assert.Equal(3, batch.SampleWeights[0], 1e-6f);
        }
    }

    [Fact]
    public void A_quantity_is_mixed_where_it_is_told_to_be_one()
    {
        var pipeline = new AugmentationPipeline(new ImageShape(1, 1, 1), [new Mixup(1) { NumericTargets = true }]);
        pipeline.Prepare(2, 1, 1);
        float[] inputs = [0, 1];
        float[] targets = [10, 20];
        pipeline.Apply(inputs, targets, [], 2, 0);

        Assert.Equal(inputs.Select(x => 10 + (10 * x)), targets, (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(101f)]
    [InlineData(float.NaN)]
    public void An_alpha_that_makes_no_sense_is_refused(float alpha) => Assert.Throws<ArgumentOutOfRangeException>(() => new Mixup(alpha));
}
