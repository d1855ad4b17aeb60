using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class DropoutMaskTests
{
    [Fact]
    public void Every_width_gives_the_same_mask()
    {
        var key = DropoutMask.Key(1, 2, 3);
        var threshold = DropoutMask.Threshold(0.7);
        for (var feature = 0u; feature < 4096; feature += 16)
        {
            var wide = DropoutMask.Keep512(key, feature, threshold, 1.5f);
            Assert.Equal(wide.GetLower(), DropoutMask.Keep256(key, feature, threshold, 1.5f));
            Assert.Equal(wide.GetUpper(), DropoutMask.Keep256(key, feature + 8, threshold, 1.5f));
            Assert.Equal(wide.GetUpper().GetUpper(), DropoutMask.Keep128(key, feature + 12, threshold, 1.5f));
            for (var lane = 0u; lane < 16; lane++)
                Assert.Equal(wide[(int)lane], DropoutMask.Keep(key, feature + lane, threshold, 1.5f));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(48u)]
    [InlineData(1u << 30)]
    public void Features_that_are_apart_have_the_masks_of_their_indices(uint step)
    {
        var key = DropoutMask.Key(1, 2, 3);
        var threshold = DropoutMask.Threshold(0.7);
        for (var first = 0u; first < 512; first++)
        {
            var wide = DropoutMask.Keep512(key, first, step, threshold, 1.5f);
            Assert.Equal(wide.GetLower(), DropoutMask.Keep256(key, first, step, threshold, 1.5f));
            Assert.Equal(wide.GetLower().GetLower(), DropoutMask.Keep128(key, first, step, threshold, 1.5f));
            for (var lane = 0u; lane < 16; lane++)
                Assert.Equal(DropoutMask.Keep(key, unchecked(first + (lane * step)), threshold, 1.5f), wide[(int)lane]);
        }
    }

    [Fact]
    public void The_masks_never_change()
    {
        // Runs must stay reproducible from one version to the next: the hash, spelled out.
        const uint Feature = 77;
        var key = DropoutMask.Key(11, 5, 123_456_789_012);
        var h = Feature ^ key;
        h = unchecked((h ^ (h >> 16)) * 0x7feb352du);
        h = unchecked(((h ^ (h >> 15)) + key) * 0x846ca68bu);
        h ^= h >> 16;
        Assert.Equal(0f, DropoutMask.Keep(key, Feature, h >> 8, 2f));
        Assert.Equal(2f, DropoutMask.Keep(key, Feature, (h >> 8) + 1, 2f));

        const ulong Golden = 0x9E3779B97F4A7C15;
        var row = unchecked(Mix(Mix(11 + (6 * Golden)) + (123_456_789_013 * Golden)));
        Assert.Equal((uint)(row >> 32), key);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.999)]
    public void The_kept_fraction_is_the_probability(double probability)
    {
        const int Rows = 2000;
        const uint Features = 512;
        var kept = 0;
        for (var sample = 0UL; sample < Rows; sample++)
            kept += Row(42, 1, sample, Features, probability).Count(keep => keep);
        const double Count = Rows * (double)Features;
        Assert.InRange((kept - (probability * Count)) / Math.Sqrt(Count * probability * (1 - probability)), -5, 5);
    }

    [Fact]
    public void Probability_one_keeps_all_and_the_smallest_almost_nothing()
    {
        Assert.Equal(1u << 24, DropoutMask.Threshold(1));
        Assert.Equal(1u << 23, DropoutMask.Threshold(0.5));
        Assert.Equal(1u, DropoutMask.Threshold(1e-30));
        Assert.All(Row(1, 1, 1, 4096, 1), Assert.True);
        Assert.True(Row(1, 1, 1, 4096, 1e-30).Count(keep => keep) <= 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    public void A_probability_out_of_range_is_refused(double probability)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DropoutMask.Threshold(probability));
    }

    [Theory]
    [InlineData(1u, 0u, 0UL, 0UL)]
    [InlineData(2u, 0u, 0UL, 0UL)]
    [InlineData(8u, 0u, 0UL, 0UL)]
    [InlineData(64u, 0u, 0UL, 0UL)]
    [InlineData(0u, 1u, 0UL, 0UL)]
    [InlineData(0u, 0u, 1UL, 0UL)]
    [InlineData(0u, 0u, 1UL << 32, 0UL)]
    [InlineData(0u, 0u, 0UL, 1UL)]
    [InlineData(0u, 0u, 0UL, 1UL << 40)]
    [InlineData(1u, 0u, 1UL, 0UL)]
    public void Masks_are_independent_of_their_neighbours(uint features, uint layers, ulong samples, ulong seeds)
    {
        // Two by two tables of kept and dropped, here and at the neighbour, per lane position: chi-square with 8 · 3 degrees.
        const double Probability = 0.6;
        const uint Width = 512;
        var counts = new double[8, 4];
        for (var sample = 0UL; sample < 500; sample++)
        {
            var here = Row(5, 3, sample, Width, Probability);
            var there = Row(5 + seeds, 3 + layers, sample + samples, Width + features, Probability);
            for (var f = 0; f < Width; f++)
                counts[f % 8, (here[f] ? 2 : 0) + (there[f + (int)features] ? 1 : 0)]++;
        }
        double[] expected = [0.16, 0.24, 0.24, 0.36];
        var chiSquare = 0.0;
        for (var lane = 0; lane < 8; lane++)
        {
            for (var cell = 0; cell < 4; cell++)
            {
                var mean = expected[cell] * 500 * Width / 8;
                chiSquare += Math.Pow(counts[lane, cell] - mean, 2) / mean;
            }
        }
        Assert.InRange(chiSquare, 4, 70);
    }

    [Fact]
    public void Counts_per_row_and_per_feature_vary_as_they_should()
    {
        const int Rows = 1024;
        const int Features = 1024;
        var perFeature = new double[Features];
        double rows = 0, columns = 0;
        for (var sample = 0; sample < Rows; sample++)
        {
            var row = Row(9, 0, (ulong)sample, Features, 0.5);
            rows += Math.Pow(row.Count(keep => keep) - (Features / 2.0), 2);
            for (var f = 0; f < Features; f++)
                perFeature[f] += row[f] ? 1 : 0;
        }
        foreach (var count in perFeature)
            columns += Math.Pow(count - (Rows / 2.0), 2);
        // Both are 1024 binomial variances of 256; their relative deviation is √(2/1024) = 0.044.
        Assert.Equal(1, rows / Rows / 256, 0.22);
        Assert.Equal(1, columns / Features / 256, 0.22);
    }

    [Fact]
    public void Keys_of_many_samples_hardly_collide()
    {
        var keys = new HashSet<uint>();
        for (var sample = 0UL; sample < 50_000; sample++)
            keys.Add(DropoutMask.Key(3, 1, sample));
        // By chance 0.3 of the pairs are expected to collide.
        Assert.InRange(keys.Count, 49_990, 50_000);
    }

    private static bool[] Row(ulong seed, uint layer, ulong sample, uint features, double probability)
    {
        var key = DropoutMask.Key(seed, layer, sample);
        var threshold = DropoutMask.Threshold(probability);
        var row = new bool[features];
        for (var f = 0u; f < features; f++)
            row[f] = DropoutMask.Keep(key, f, threshold, 1) != 0;
        return row;
    }

    private static ulong Mix(ulong x)
    {
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return x ^ (x >> 31);
    }
}
