using StaticNet.Networks;
using StaticNet.Numerics;

namespace StaticNet.Tests.Generated;

/// <summary>Noise in training.</summary>
public class GaussianNoiseTests
{
    /// <summary>1 / √(2π).</summary>
    private const double Density = 0.3989422804014327;

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Deviates_are_normal(int bits)
    {
        const int rows = 20_000, row = 16;
        var values = new List<double>(rows * row);
        for (uint sample = 0; sample < rows; sample++)
        {
            for (uint element = 0; element < row; element += (uint)bits / 32)
                values.AddRange(Draw(bits, DropoutMask.Key(5, 2, sample), element).Select(value => (double)value));
        }

        // Four deviations of the estimates of 320,000 independent numbers.
        var count = (double)values.Count;
        Assert.InRange(values.Average(), -4 / Math.Sqrt(count), 4 / Math.Sqrt(count));
        Assert.InRange(values.Average(value => value * value), 1 - (4 * Math.Sqrt(2 / count)), 1 + (4 * Math.Sqrt(2 / count)));
        Assert.InRange(values.Average(value => Math.Pow(value, 4)), 3 - (4 * Math.Sqrt(96 / count)), 3 + (4 * Math.Sqrt(96 / count)));
        foreach (var (limit, probability) in new[] { (-2.0, 0.02275013), (-1, 0.15865525), (0, 0.5), (0.5, 0.69146246), (3, 0.99865010) })
        {
            var error = 4 * Math.Sqrt(probability * (1 - probability) / count);
            Assert.InRange(values.Count(value => value < limit) / count, probability - error, probability + error);
        }
    }

    [Fact]
    public void All_widths_draw_the_same()
    {
        for (uint sample = 0; sample < 100; sample++)
        {
            var key = DropoutMask.Key(9, 1, sample);
            var narrow = Enumerable.Range(0, 4).SelectMany(part => Draw(128, key, (uint)part * 4)).ToArray();
            var wide = Draw(512, key, 0);
            var middle = Draw(256, key, 0).Concat(Draw(256, key, 8)).ToArray();
            Assert.All(Enumerable.Range(0, 16), lane => Assert.Equal(narrow[lane], wide[lane], 1e-5f));
            Assert.All(Enumerable.Range(0, 16), lane => Assert.Equal(narrow[lane], middle[lane], 1e-5f));
        }
    }

    [Fact]
    public void The_inverse_distribution_is_met_where_it_is_known()
    {
        // The density of normal numbers near 0 is 1 / √(2π): of many, the share between −0.05 and 0.05.
        const int rows = 50_000;
        var near = 0;
        for (uint sample = 0; sample < rows; sample++)
            near += Draw(256, DropoutMask.Key(1, 1, sample), 0).Count(value => Math.Abs(value) < 0.05);
        var expected = 0.1 * Density;
        var count = rows * 8.0;
        Assert.InRange(near / count, expected - (4 * Math.Sqrt(expected / count)), expected + (4 * Math.Sqrt(expected / count)));
    }

    [Fact]
    public void Inference_has_no_noise_and_training_has_it_only_where_it_is_on()
    {
        var (network, plain) = (new NoiseProbe(1), new NoiselessProbe(1));
        var (inputs, targets) = Samples();
        var batch = new Batch(inputs, targets, 8);
        var (outputs, expected) = (new float[8 * 3], new float[8 * 3]);
        network.ForwardBatch(inputs, outputs, 8);
        plain.ForwardBatch(inputs, expected, 8);
        Assert.Equal(expected, outputs);

        var noisy = network.TrainBatch(batch);
        network.DropoutEnabled = false;
        var quiet = network.TrainBatch(batch);

        Assert.Equal(plain.TrainBatch(batch), quiet);
        Assert.Equal(plain.Gradients.ToArray(), network.Gradients.ToArray());
        Assert.NotEqual(noisy, quiet);
    }

    [Fact]
    public void A_sample_s_noise_follows_from_its_number()
    {
        var network = new NoiseProbe(1);
        var (inputs, targets) = Samples();
        float Loss(int first, int count, ulong number) => network.TrainBatch(
            new Batch(inputs.AsSpan(first * 6, count * 6), targets.AsSpan(first, count), count) { FirstSample = number, Scale = 1 });

        var whole = Loss(0, 8, 40);

        Assert.Equal(whole, Loss(0, 3, 40) + Loss(3, 5, 43), 1e-4f);
        Assert.Equal(whole, Loss(0, 8, 40));
        Assert.NotEqual(whole, Loss(0, 8, 48));
        Assert.NotEqual(whole, new NoiseProbe(2) { DropoutEnabled = true }.TrainBatch(new Batch(inputs, targets, 8) { FirstSample = 40, Scale = 1 }));
    }

    private static float[] Draw(int bits, uint key, uint element)
    {
        var values = new float[bits / 32];
        switch (bits)
        {
            case 128:
                System.Runtime.Intrinsics.Vector128.StoreUnsafe(NormalDeviates.Draw128(key, element), ref values[0]);
                break;
            case 256:
                System.Runtime.Intrinsics.Vector256.StoreUnsafe(NormalDeviates.Draw256(key, element), ref values[0]);
                break;
            default:
                System.Runtime.Intrinsics.Vector512.StoreUnsafe(NormalDeviates.Draw512(key, element), ref values[0]);
                break;
        }

        return values;
    }

    private static (float[] Inputs, float[] Targets) Samples()
    {
        var random = new Random(1);
        return ([.. Enumerable.Range(0, 48).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 8).Select(_ => (float)random.Next(3))]);
    }
}
