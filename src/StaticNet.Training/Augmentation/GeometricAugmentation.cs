using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>A random change of where the pixels of an image are.</summary>
public abstract class GeometricAugmentation : ImageAugmentation
{
    private readonly float _fill;

    private protected GeometricAugmentation()
    {
    }

    /// <summary>The value of pixels outside the image. Default: <see cref="Border.Constant"/>.</summary>
    public Border Border { get; init; } = Border.Constant;

    /// <summary>The number outside the image with <see cref="Border.Constant"/>; finite. Default: 0.</summary>
    public float Fill
    {
        get => _fill;
        init => _fill = float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number to fill with.");
    }

    /// <summary>How values between pixels are interpolated. Default: <see cref="PixelInterpolation.Bilinear"/>.</summary>
    public PixelInterpolation Interpolation { get; init; } = PixelInterpolation.Bilinear;

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("border", Border.ToString());
        settings.Add("fill", Fill);
        settings.Add("interpolation", Interpolation.ToString());
    }

    /// <inheritdoc/>
    public sealed override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        var map = Draw(shape, ref random);
        var bilinear = Interpolation switch
        {
            PixelInterpolation.Random => random.NextInt32(2) == 1,
            PixelInterpolation.Nearest => false,
            _ => true,
        };
        image.CopyTo(scratch);
        Resampler.Resample(shape, scratch, image, map, bilinear, Border, Fill);
    }

    /// <summary>Draws where the pixels come from.</summary>
    private protected abstract AffineMap Draw(ImageShape shape, ref RandomStream random);
}
