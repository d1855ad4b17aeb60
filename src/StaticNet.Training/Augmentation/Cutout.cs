using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>
/// Blanks a square of each image, in all channels (DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with
/// Cutout", 2017). Its centre is any pixel, so the square may extend beyond the image.
/// </summary>
public sealed class Cutout : ImageAugmentation
{
    private readonly int _size;
    private readonly float _fill;
    private readonly float _probability;

    /// <summary>Makes the step.</summary>
    /// <param name="size">The square's side in pixels, 1 or more.</param>
    /// <param name="fill">What the square is filled with; finite.</param>
    /// <param name="probability">The fraction of images that get a square, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public Cutout(int size, float fill = 0, float probability = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!float.IsFinite(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), fill, "Expected a finite number to fill with.");
        _size = size;
        _fill = fill;
        _probability = RequireProbability(probability);
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("size", _size);
        settings.Add("fill", _fill);
        settings.Add("probability", _probability);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        if (random.NextSingle() >= _probability)
            return;
        var (left, right) = Side(random.NextInt32(shape.Width), shape.Width);
        var (top, bottom) = Side(random.NextInt32(shape.Height), shape.Height);
        for (var channel = 0; channel < shape.Length; channel += shape.Pixels)
        {
            for (var y = top; y < bottom; y++)
                image.Slice(channel + (y * shape.Width) + left, right - left).Fill(_fill);
        }
    }

    /// <summary>Where the square begins and ends along an axis; an even one lies half a pixel before its middle.</summary>
    private (int Begin, int End) Side(int middle, int length)
    {
        var begin = (long)middle - (_size / 2);
        return ((int)Math.Max(0, begin), (int)Math.Min(length, begin + _size));
    }
}
