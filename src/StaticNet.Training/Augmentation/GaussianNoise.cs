using System.Numerics.Tensors;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>Adds a normally distributed number with mean 0 to every number of an image.</summary>
/// <param name="deviation">The standard deviation, 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
public sealed class GaussianNoise(float deviation) : ImageAugmentation
{
    private const int Chunk = 256;

    private readonly float _deviation = RequireAmount(deviation, nameof(deviation));

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("deviation", _deviation);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        FillNormal(scratch, ref random);
        TensorPrimitives.MultiplyAdd(scratch, _deviation, image, image);
    }

    /// <summary>
    /// Fills with normal numbers by vectors (Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958): of two
    /// uniform u and v, √(−2 ln u) · cos 2πv and √(−2 ln u) · sin 2πv.
    /// </summary>
    internal static void FillNormal(Span<float> destination, ref RandomStream random)
    {
        Span<float> radii = stackalloc float[Chunk];
        Span<float> angles = stackalloc float[Chunk];
        for (; destination.Length > 1; destination = destination[Math.Min(2 * Chunk, destination.Length & ~1)..])
        {
            var count = Math.Min(Chunk, destination.Length / 2);
            var radius = radii[..count];
            var angle = angles[..count];
            for (var i = 0; i < count; i++)
            {
                var bits = random.NextUInt64();
                radius[i] = ((bits >> 40) + 1) * (1f / (1 << 24));
                angle[i] = ((bits >> 16) & 0xFFFFFF) * (2 * MathF.PI / (1 << 24));
            }
            TensorPrimitives.Log(radius, radius);
            TensorPrimitives.Multiply(radius, -2f, radius);
            TensorPrimitives.Sqrt(radius, radius);
            TensorPrimitives.Cos(angle, destination[..count]);
            TensorPrimitives.Sin(angle, destination.Slice(count, count));
            TensorPrimitives.Multiply(destination[..count], radius, destination[..count]);
            TensorPrimitives.Multiply(destination.Slice(count, count), radius, destination.Slice(count, count));
        }
        if (destination.Length == 1)
            destination[0] = (float)random.NextNormal();
    }
}
