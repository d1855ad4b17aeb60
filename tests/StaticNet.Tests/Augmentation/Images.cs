using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Augmentation;

/// <summary>Images for tests, and steps applied to them.</summary>
internal static class Images
{
    public static readonly ImageShape Color = new(3, 6, 5);

    /// <summary>Random numbers from 0 to 1.</summary>
    public static float[] Random(ImageShape shape, int count = 1, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shape.Length * count).Select(_ => random.NextSingle())];
    }

    /// <summary>Copies of images that steps were applied to, in batches of a size.</summary>
    public static float[] Apply(
        ImageShape shape, float[] images, AugmentationStep[] steps, ulong seed = 1, ulong firstSample = 0, int batchSize = 64)
    {
        var result = images.ToArray();
        var count = images.Length / shape.Length;
        var pipeline = new AugmentationPipeline(shape, steps, seed);
        pipeline.Prepare(batchSize, shape.Length, 0);
        for (var start = 0; start < count; start += batchSize)
        {
            var size = Math.Min(batchSize, count - start);
            pipeline.Apply(result.AsSpan(start * shape.Length, size * shape.Length), [], [], size, firstSample + (ulong)start);
        }
        return result;
    }

    /// <summary>The same image again and again.</summary>
    public static float[] Repeat(float[] image, int count) => [.. Enumerable.Repeat(image, count).SelectMany(x => x)];

    public static void Near(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{i}: expected {expected[i]}, got {actual[i]}");
    }
}
