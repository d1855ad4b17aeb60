using System.Numerics.Tensors;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>Blurs images by a Gaussian of random width; outside the image, its nearest pixel is used.</summary>
/// <remarks>The Gaussian is sampled at whole pixels up to three deviations away and its weights sum to 1.</remarks>
public sealed class GaussianBlur : ImageAugmentation
{
    private const float LargestDeviation = 20;

    private readonly (float Lower, float Upper) _deviation;

    /// <summary>Makes the step.</summary>
    /// <param name="smallestDeviation">The smallest standard deviation in pixels, 0 or more; 0 leaves images unchanged.</param>
    /// <param name="largestDeviation">The largest, up to 20.</param>
    /// <exception cref="ArgumentException">The range is empty or goes beyond what is allowed.</exception>
    public GaussianBlur(float smallestDeviation, float largestDeviation)
    {
        if (!(smallestDeviation >= 0 && smallestDeviation <= largestDeviation && largestDeviation <= LargestDeviation))
            throw new ArgumentException(
                $"Expected a range of deviations from 0 to {LargestDeviation}, but got {smallestDeviation} to {largestDeviation}.",
                nameof(smallestDeviation));
        _deviation = (smallestDeviation, largestDeviation);
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("smallest_deviation", _deviation.Lower);
        settings.Add("largest_deviation", _deviation.Upper);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        var deviation = Uniform(ref random, _deviation.Lower, _deviation.Upper);
        var radius = (int)MathF.Ceiling(3 * deviation);
        if (radius == 0)
            return;
        Span<float> weights = stackalloc float[(2 * (int)(3 * LargestDeviation)) + 1];
        weights = weights[..((2 * radius) + 1)];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)Math.Exp(-(i - radius) * (i - radius) / (2.0 * deviation * deviation));
        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<float>(weights), weights);

        Down(shape, image, scratch, weights);
        Across(shape, scratch, image, weights);
    }

    /// <summary>Each row as a sum of rows above and below.</summary>
    private static void Down(ImageShape shape, ReadOnlySpan<float> source, Span<float> destination, ReadOnlySpan<float> weights)
    {
        destination.Clear();
        var radius = weights.Length / 2;
        for (var channel = 0; channel < shape.Length; channel += shape.Pixels)
        {
            for (var y = 0; y < shape.Height; y++)
            {
                var row = destination.Slice(channel + (y * shape.Width), shape.Width);
                for (var i = 0; i < weights.Length; i++)
                {
                    var from = Resampler.Place(y + i - radius, shape.Height, Border.Edge);
                    TensorPrimitives.MultiplyAdd(source.Slice(channel + (from * shape.Width), shape.Width), weights[i], row, row);
                }
            }
        }
    }

    /// <summary>Each pixel as a sum of pixels to the left and right.</summary>
    private static void Across(ImageShape shape, ReadOnlySpan<float> source, Span<float> destination, ReadOnlySpan<float> weights)
    {
        var radius = weights.Length / 2;
        for (var start = 0; start < shape.Length; start += shape.Width)
        {
            var row = source.Slice(start, shape.Width);
            for (var x = 0; x < shape.Width; x++)
            {
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++)
                    sum += weights[i] * row[Resampler.Place(x + i - radius, shape.Width, Border.Edge)];
                destination[start + x] = sum;
            }
        }
    }
}
