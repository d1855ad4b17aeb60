using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>Shears, scales, turns and shifts images about their middles by random amounts, in one resampling.</summary>
/// <param name="degrees">The largest turn to either side, 0 to 180.</param>
/// <param name="shift">The largest shift along each axis as a fraction of the image's size, 0 to 1.</param>
/// <param name="smallestScale">The smallest scale, 0.01 or more; below 1, what is shown becomes smaller.</param>
/// <param name="largestScale">The largest scale, up to 100.</param>
/// <param name="shear">The largest angle to either side by which vertical lines lean, 0 to 80 degrees.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
public sealed class RandomAffine(
    float degrees = 0, float shift = 0, float smallestScale = 1, float largestScale = 1, float shear = 0) : GeometricAugmentation
{
    private readonly float _degrees = RequireAmount(degrees, nameof(degrees), 180);
    private readonly float _shift = RequireAmount(shift, nameof(shift), 1);
    private readonly float _shear = RequireAmount(shear, nameof(shear), 80);
    private readonly (float Lower, float Upper) _scale =
        smallestScale >= 0.01f && smallestScale <= largestScale && largestScale <= 100
            ? (smallestScale, largestScale)
            : throw new ArgumentOutOfRangeException(
                nameof(smallestScale), smallestScale, $"Expected scales from 0.01 to 100, the largest here {largestScale}.");

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("degrees", _degrees);
        settings.Add("shift", _shift);
        settings.Add("smallest_scale", _scale.Lower);
        settings.Add("largest_scale", _scale.Upper);
        settings.Add("shear", _shear);
    }

    private protected override AffineMap Draw(ImageShape shape, ref RandomStream random)
    {
        var angle = Uniform(ref random, -_degrees, _degrees);
        var shiftX = Uniform(ref random, -_shift, _shift) * shape.Width;
        var shiftY = Uniform(ref random, -_shift, _shift) * shape.Height;
        var scale = Uniform(ref random, _scale.Lower, _scale.Upper);
        var lean = Uniform(ref random, -_shear, _shear);
        return AffineMap.About(
            shape, angle * Math.PI / 180, scale, Math.Tan(lean * Math.PI / 180), shiftX, shiftY);
    }
}

/// <summary>Turns images about their middles by a random angle.</summary>
/// <param name="degrees">The largest angle to either side, 0 to 180.</param>
/// <exception cref="ArgumentOutOfRangeException">The angle is not allowed.</exception>
public sealed class RandomRotation(float degrees) : GeometricAugmentation
{
    private readonly float _degrees = RequireAmount(degrees, nameof(degrees), 180);

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("degrees", _degrees);
    }

    private protected override AffineMap Draw(ImageShape shape, ref RandomStream random) =>
        AffineMap.About(shape, Uniform(ref random, -_degrees, _degrees) * Math.PI / 180, 1, 0, 0, 0);
}

/// <summary>Shifts images by random distances that need not be whole pixels.</summary>
/// <param name="horizontal">The largest distance to either side as a fraction of the width, 0 to 1.</param>
/// <param name="vertical">The largest distance up or down as a fraction of the height, 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A fraction is not from 0 to 1.</exception>
public sealed class RandomShift(float horizontal, float vertical) : GeometricAugmentation
{
    private readonly float _horizontal = RequireAmount(horizontal, nameof(horizontal), 1);
    private readonly float _vertical = RequireAmount(vertical, nameof(vertical), 1);

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("horizontal", _horizontal);
        settings.Add("vertical", _vertical);
    }

    private protected override AffineMap Draw(ImageShape shape, ref RandomStream random)
    {
        var x = Uniform(ref random, -_horizontal, _horizontal) * shape.Width;
        var y = Uniform(ref random, -_vertical, _vertical) * shape.Height;
        return new AffineMap(1, 0, -x, 0, 1, -y);
    }
}
