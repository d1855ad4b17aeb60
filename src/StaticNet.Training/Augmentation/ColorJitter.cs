using System.Numerics.Tensors;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>Multiplies images by a random factor.</summary>
/// <param name="amount">The factor is uniform from 1 − amount to 1 + amount; 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The amount is not from 0 to 1.</exception>
public sealed class RandomBrightness(float amount) : ImageAugmentation
{
    private readonly float _amount = RequireAmount(amount, nameof(amount), 1);

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("amount", _amount);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random) =>
        TensorPrimitives.Multiply(image, Uniform(ref random, 1 - _amount, 1 + _amount), image);
}

/// <summary>
/// Moves images away from their mean gray or towards it: y = f·x + (1 − f)·m with a random factor f. m is the mean over all
/// pixels of the gray of three channels (see <see cref="RandomSaturation"/>), or of all numbers if there are not three channels.
/// </summary>
/// <param name="amount">The factor is uniform from 1 − amount to 1 + amount; 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The amount is not from 0 to 1.</exception>
public sealed class RandomContrast(float amount) : ImageAugmentation
{
    private readonly float _amount = RequireAmount(amount, nameof(amount), 1);

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("amount", _amount);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        var factor = Uniform(ref random, 1 - _amount, 1 + _amount);
        TensorPrimitives.Multiply(image, factor, scratch);
        TensorPrimitives.Add(scratch, (1 - factor) * MeanGray(shape, image), image);
    }

    private static float MeanGray(ImageShape shape, ReadOnlySpan<float> image)
    {
        if (shape.Channels != 3)
            return TensorPrimitives.Sum(image) / image.Length;
        return ((RandomSaturation.Red * TensorPrimitives.Sum(image[..shape.Pixels])) +
            (RandomSaturation.Green * TensorPrimitives.Sum(image.Slice(shape.Pixels, shape.Pixels))) +
            (RandomSaturation.Blue * TensorPrimitives.Sum(image[(2 * shape.Pixels)..]))) / shape.Pixels;
    }
}

/// <summary>
/// Moves the pixels of images of three channels away from their gray or towards it: y = f·x + (1 − f)·gray with a random factor f.
/// gray = 0.299 · red + 0.587 · green + 0.114 · blue (ITU-R BT.601).
/// </summary>
/// <param name="amount">The factor is uniform from 1 − amount to 1 + amount; 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The amount is not from 0 to 1.</exception>
public sealed class RandomSaturation(float amount) : ImageAugmentation
{
    internal const float Red = 0.299f;
    internal const float Green = 0.587f;
    internal const float Blue = 0.114f;

    private readonly float _amount = RequireAmount(amount, nameof(amount), 1);

    /// <inheritdoc/>
    public override void Check(ImageShape shape, int targetLength)
    {
        if (shape.Channels != 3)
            throw new ArgumentException($"Expected images of three channels, red, green and blue; they are {shape}.", nameof(shape));
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("amount", _amount);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        var factor = Uniform(ref random, 1 - _amount, 1 + _amount);
        var gray = scratch[..shape.Pixels];
        TensorPrimitives.Multiply(image[..shape.Pixels], Red * (1 - factor), gray);
        TensorPrimitives.MultiplyAdd(image.Slice(shape.Pixels, shape.Pixels), Green * (1 - factor), gray, gray);
        TensorPrimitives.MultiplyAdd(image.Slice(2 * shape.Pixels, shape.Pixels), Blue * (1 - factor), gray, gray);
        for (; !image.IsEmpty; image = image[shape.Pixels..])
            TensorPrimitives.MultiplyAdd(image[..shape.Pixels], factor, gray, image[..shape.Pixels]);
    }
}

/// <summary>Limits every number to a range, for example after changes of brightness and contrast.</summary>
/// <param name="lower">What smaller numbers become.</param>
/// <param name="upper">What larger numbers become; <paramref name="lower"/> or more.</param>
/// <exception cref="ArgumentException">The range is empty.</exception>
public sealed class Clamp(float lower = 0, float upper = 1) : ImageAugmentation
{
    private readonly (float Lower, float Upper) _range = lower <= upper
        ? (lower, upper)
        : throw new ArgumentException($"Expected a range with its lower end first, but got {lower} to {upper}.", nameof(upper));

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("lower", _range.Lower);
        settings.Add("upper", _range.Upper);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random) =>
        TensorPrimitives.Clamp(image, _range.Lower, _range.Upper, image);
}
