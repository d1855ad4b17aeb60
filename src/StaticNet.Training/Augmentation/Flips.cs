using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>Mirrors images left to right, each with a probability.</summary>
/// <param name="probability">0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
public sealed class HorizontalFlip(float probability = 0.5f) : ImageAugmentation
{
    private readonly float _probability = RequireProbability(probability);

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("probability", _probability);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        if (random.NextSingle() >= _probability)
            return;
        for (; !image.IsEmpty; image = image[shape.Width..])
            image[..shape.Width].Reverse();
    }
}

/// <summary>Turns images upside down, each with a probability.</summary>
/// <param name="probability">0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
public sealed class VerticalFlip(float probability = 0.5f) : ImageAugmentation
{
    private readonly float _probability = RequireProbability(probability);

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("probability", _probability);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        if (random.NextSingle() >= _probability)
            return;
        image.CopyTo(scratch);
        for (; !image.IsEmpty; image = image[shape.Pixels..], scratch = scratch[shape.Pixels..])
        {
            for (var y = 0; y < shape.Height; y++)
                scratch.Slice((shape.Height - 1 - y) * shape.Width, shape.Width).CopyTo(image[(y * shape.Width)..]);
        }
    }
}
