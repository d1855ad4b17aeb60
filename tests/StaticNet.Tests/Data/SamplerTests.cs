using StaticNet.Data;

namespace StaticNet.Tests.Data;

public class SamplerTests
{
    [Fact]
    public void Weighted_samples_come_in_proportion_to_their_weights()
    {
        float[] weights = [0, 1, 2, 0, 5, 2, .. new float[990]];
        var sampler = new WeightedSampler(weights, seed: 1);
        var counts = new int[weights.Length];
        var samples = new int[weights.Length];
        for (var epoch = 0; epoch < 100; epoch++)
        {
            sampler.Fill(epoch, samples);
            foreach (var sample in samples)
                counts[sample]++;
        }

        var total = 100.0 * weights.Length;
        for (var i = 0; i < weights.Length; i++)
        {
            // Five deviations of the binomial distribution.
            var share = weights[i] / 10.0;
            Assert.InRange(counts[i], (share * total) - (5 * Math.Sqrt(total * share * (1 - share))), (share * total) + (5 * Math.Sqrt(total * share * (1 - share))));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(90, 10)]
    [InlineData(97, 2, 1)]
    [InlineData(3, 50, 48, 1)]
    public void Balanced_samples_are_of_every_class_equally_often(params int[] sizes)
    {
        var labels = sizes.SelectMany((size, label) => Enumerable.Repeat((float)(label * 2), size)).ToArray();
        var data = new DataSet(1, 1, [.. Enumerable.Range(0, labels.Length).Select(i => (float)i)], labels);
        var sampler = new BalancedSampler(data, seed: 4);
        var samples = new int[data.Count];

        Assert.Equal(sizes.Length, sampler.Classes);
        for (var epoch = 0; epoch < 5; epoch++)
        {
            sampler.Fill(epoch, samples);
            for (var label = 0; label < sizes.Length; label++)
            {
                var ofClass = samples.Where(sample => labels[sample] == label * 2).GroupBy(sample => sample).Select(group => group.Count()).ToArray();
                Assert.InRange(ofClass.Sum(), data.Count / sizes.Length, (data.Count / sizes.Length) + 1);
                // Within a class no sample comes a second time before all others have come.
                Assert.InRange(ofClass.Max() - (ofClass.Length < sizes[label] ? 0 : ofClass.Min()), 0, 1);
            }
        }
    }

    [Fact]
    public void What_a_sampler_chooses_depends_on_seed_and_epoch_alone()
    {
        var data = DataSetTests.Numbered(60);
        foreach (var make in new Func<ulong, Sampler>[] { seed => new WeightedSampler([.. Enumerable.Repeat(1f, 60)], seed), seed => new BalancedSampler(data.Subset([.. Enumerable.Range(0, 60).Select(i => i % 7)]), seed) })
        {
            var sampler = make(1);
            var (first, second, again, other) = (new int[60], new int[60], new int[60], new int[60]);
            sampler.Fill(0, first);
            sampler.Fill(1, second);
            sampler.Fill(0, again);
            make(2).Fill(0, other);

            Assert.Equal(first, again);
            Assert.NotEqual(first, second);
            Assert.NotEqual(first, other);
            Assert.Throws<ArgumentException>(() => sampler.Fill(0, new int[59]));
        }
    }

    [Fact]
    public void A_loader_takes_the_samples_of_its_sampler()
    {
        var data = DataSetTests.Numbered(30, weights: true);
        float[] weights = [.. Enumerable.Range(0, 30).Select(i => i < 20 ? 0f : 1)];
        using var loader = new DataLoader(data, 4, seed: 9, sampler: new WeightedSampler(weights, seed: 1));
        var expected = new int[30];
        new WeightedSampler(weights, seed: 1).Fill(2, expected);

        Assert.Equal(expected.Select(sample => sample * 10f), Loaded.Targets(loader, 2));
        Assert.False(loader.Shuffle);
        Assert.Equal(Loaded.Batches(loader, 2)[3..], Loaded.Batches(loader, 2, 3));
        Assert.Equal(0, Loaded.BytesOfEpoch(loader));
        using var balanced = new DataLoader(data, 4, sampler: new BalancedSampler(data));
        Assert.Equal(0, Loaded.BytesOfEpoch(balanced));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new WeightedSampler([0, 0]));
        Assert.Throws<ArgumentException>(() => new WeightedSampler([]));
        Assert.Throws<ArgumentException>(() => new WeightedSampler([1, -1]));
        Assert.Throws<ArgumentException>(() => new WeightedSampler([1, float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => new BalancedSampler(new DataSet(1, 1, [], [])));
        Assert.Throws<ArgumentException>(() => new BalancedSampler(new DataSet(1, 0, [1], [])));
        Assert.Throws<ArgumentException>(() => new DataLoader(DataSetTests.Numbered(3), 1, sampler: new WeightedSampler([1, 1])));
    }
}
