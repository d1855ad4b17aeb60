using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>
/// Pads images on each side and cuts out a piece of the original size, at whole pixels: a random shift by up to the padding.
/// </summary>
public sealed class RandomCrop : GeometricAugmentation
{
    private readonly int _padding;

    /// <summary>Makes the step.</summary>
    /// <param name="padding">Pixels on each side, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The padding is negative or over 2²⁰.</exception>
    public RandomCrop(int padding)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, 1 << 20);
        _padding = padding;
        Interpolation = PixelInterpolation.Nearest;
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("padding", _padding);
    }

    private protected override AffineMap Draw(ImageShape shape, ref RandomStream random)
    {
        var left = random.NextInt32((2 * _padding) + 1) - _padding;
        var top = random.NextInt32((2 * _padding) + 1) - _padding;
        return new AffineMap(1, 0, left, 0, 1, top);
    }
}
