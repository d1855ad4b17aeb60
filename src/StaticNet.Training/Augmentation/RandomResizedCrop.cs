using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>
/// Cuts a piece of random area and aspect ratio out of images and stretches it to the original size (Szegedy and others, "Going
/// Deeper with Convolutions", 2015).
/// </summary>
/// <remarks>
/// The ratio is uniform in its logarithm. A piece that does not fit is drawn again, up to ten times; after that, the largest
/// centred piece with an allowed ratio is used.
/// </remarks>
public sealed class RandomResizedCrop : GeometricAugmentation
{
    private const int Attempts = 10;

    private readonly (float Lower, float Upper) _area;
    private readonly (float Lower, float Upper) _ratio;

    /// <summary>Makes the step.</summary>
    /// <param name="smallestArea">The smallest fraction of the image's area, above 0.</param>
    /// <param name="largestArea">The largest fraction, up to 1.</param>
    /// <param name="smallestRatio">The smallest ratio of width to height in pixels, above 0.</param>
    /// <param name="largestRatio">The largest ratio, up to 1000.</param>
    /// <exception cref="ArgumentException">A range is empty or goes beyond what is allowed.</exception>
    public RandomResizedCrop(
        float smallestArea = 0.08f, float largestArea = 1f, float smallestRatio = 3f / 4f, float largestRatio = 4f / 3f)
    {
        if (!(smallestArea > 0 && smallestArea <= largestArea && largestArea <= 1))
            throw new ArgumentException(
                $"Expected a range of areas over 0 and up to 1, but got {smallestArea} to {largestArea}.", nameof(smallestArea));
        if (!(smallestRatio >= 0.001f && smallestRatio <= largestRatio && largestRatio <= 1000))
            throw new ArgumentException(
                $"Expected a range of ratios from 0.001 to 1000, but got {smallestRatio} to {largestRatio}.", nameof(smallestRatio));
        _area = (smallestArea, largestArea);
        _ratio = (smallestRatio, largestRatio);
        // Half a pixel at each side is outside.
        Border = Border.Edge;
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("smallest_area", _area.Lower);
        settings.Add("largest_area", _area.Upper);
        settings.Add("smallest_ratio", _ratio.Lower);
        settings.Add("largest_ratio", _ratio.Upper);
    }

    private protected override AffineMap Draw(ImageShape shape, ref RandomStream random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = Uniform(ref random, _area.Lower, _area.Upper) * (double)shape.Pixels;
            var ratio = Math.Exp(Uniform(ref random, MathF.Log(_ratio.Lower), MathF.Log(_ratio.Upper)));
            var (width, height) = (Math.Sqrt(area * ratio), Math.Sqrt(area / ratio));
            if (width <= shape.Width && height <= shape.Height)
                return Piece(shape, width, height, random.NextDouble(), random.NextDouble());
        }
        var allowed = Math.Clamp(shape.Width / (double)shape.Height, _ratio.Lower, _ratio.Upper);
        return Piece(shape, Math.Min(shape.Width, shape.Height * allowed), Math.Min(shape.Height, shape.Width / allowed), 0.5, 0.5);
    }

    /// <summary>The map of a piece whose place is a share of what is left on its sides.</summary>
    private static AffineMap Piece(ImageShape shape, double width, double height, double x, double y)
    {
        var (scaleX, scaleY) = (width / shape.Width, height / shape.Height);
        // The middle of pixel i is at i + ½ of an axis that begins at the edge.
        return new AffineMap(
            scaleX, 0, ((shape.Width - width) * x) + (scaleX / 2) - 0.5, 0, scaleY, ((shape.Height - height) * y) + (scaleY / 2) - 0.5);
    }
}
