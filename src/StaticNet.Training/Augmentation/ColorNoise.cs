using System.Numerics.Tensors;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>
/// Shifts the channels of images along the principal components of the training data's colours (Krizhevsky and others, "ImageNet
/// Classification with Deep Convolutional Neural Networks", 2012): every pixel gets Σ pₖ·αₖ·λₖ, where pₖ and λₖ are eigenvectors and
/// eigenvalues of the colours' covariance and αₖ is drawn once per image from a normal distribution.
/// </summary>
public sealed class ColorNoise : ImageAugmentation
{
    private const int MaxChannels = 64;
    private const int Chunk = 64;

    private readonly float _deviation;
    private readonly float[] _eigenvalues;
    private readonly float[] _eigenvectors;

    /// <summary>Makes the step from known components.</summary>
    /// <param name="eigenvalues">One for each channel, finite and 0 or more.</param>
    /// <param name="eigenvectors">[channels, channels]: row k belongs to eigenvalue k.</param>
    /// <param name="deviation">The standard deviation of αₖ, 0 or more.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or a number is not allowed.</exception>
    public ColorNoise(ReadOnlySpan<float> eigenvalues, ReadOnlySpan<float> eigenvectors, float deviation = 0.1f)
    {
        if (eigenvalues.Length is < 1 or > MaxChannels || eigenvectors.Length != eigenvalues.Length * eigenvalues.Length)
            throw new ArgumentException(
                $"Expected 1 to {MaxChannels} eigenvalues and as many eigenvectors of as many numbers, but got {eigenvalues.Length} and " +
                $"{eigenvectors.Length} numbers.", nameof(eigenvectors));
        foreach (var value in eigenvalues)
            RequireAmount(value, nameof(eigenvalues));
        _deviation = RequireAmount(deviation, nameof(deviation));
        _eigenvalues = eigenvalues.ToArray();
        _eigenvectors = eigenvectors.ToArray();
    }

    /// <summary>The eigenvalues of the colours' covariance, from the largest.</summary>
    public ReadOnlySpan<float> Eigenvalues => _eigenvalues;

    /// <summary>The eigenvectors, [channels, channels]: row k belongs to eigenvalue k.</summary>
    public ReadOnlySpan<float> Eigenvectors => _eigenvectors;

    /// <summary>Finds the components of training data, by two passes over its pixels.</summary>
    /// <param name="data">Images, at least one, all numbers finite.</param>
    /// <param name="shape">Their shape, of at most 64 channels.</param>
    /// <param name="deviation">The standard deviation of αₖ, 0 or more.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentException">The data are not such images, or a number is not finite.</exception>
    public static ColorNoise Fit(DataSource data, ImageShape shape, float deviation = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.InputLength != shape.Length || data.Count == 0 || shape.Channels > MaxChannels)
            throw new ArgumentException(
                $"Expected at least one image of {shape} and at most {MaxChannels} channels; there are {data.Count} samples of " +
                $"{data.InputLength} numbers.", nameof(data));
        var channels = shape.Channels;
        var pixels = (double)data.Count * shape.Pixels;
        var means = new double[channels];
        ForEachImage(data, image =>
        {
            for (var i = 0; i < image.Length; i++)
                means[i / shape.Pixels] += image.Span[i];
        });
        for (var c = 0; c < channels; c++)
            means[c] /= pixels;

        var covariance = new double[channels, channels];
        ForEachImage(data, image =>
        {
            for (var a = 0; a < channels; a++)
            {
                for (var b = a; b < channels; b++)
                    covariance[a, b] += Product(shape, image.Span, a, b, means);
            }
        });
        for (var a = 0; a < channels; a++)
        {
            for (var b = a; b < channels; b++)
                covariance[b, a] = covariance[a, b] /= pixels;
        }
        if (covariance.Cast<double>().Any(value => !double.IsFinite(value)))
            throw new ArgumentException("Expected images of finite numbers; there are others.", nameof(data));
        var (values, vectors) = SymmetricEigen.Solve(covariance);
        return new ColorNoise(
            [.. values.Select(value => (float)Math.Max(0, value))], [.. vectors.Cast<double>().Select(value => (float)value)], deviation);
    }

    /// <inheritdoc/>
    public override void Check(ImageShape shape, int targetLength)
    {
        if (shape.Channels != _eigenvalues.Length)
            throw new ArgumentException($"Expected images of {_eigenvalues.Length} channels; they are {shape}.", nameof(shape));
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("deviation", _deviation);
        settings.Add<float>("eigenvalues", _eigenvalues);
        settings.Add<float>("eigenvectors", _eigenvectors);
    }

    /// <inheritdoc/>
    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random)
    {
        Span<float> shifts = stackalloc float[MaxChannels];
        shifts.Clear();
        for (var k = 0; k < shape.Channels; k++)
        {
            var size = (float)random.NextNormal() * _deviation * _eigenvalues[k];
            for (var c = 0; c < shape.Channels; c++)
                shifts[c] += size * _eigenvectors[(k * shape.Channels) + c];
        }
        for (var c = 0; c < shape.Channels; c++)
        {
            var channel = image.Slice(c * shape.Pixels, shape.Pixels);
            TensorPrimitives.Add(channel, shifts[c], channel);
        }
    }

    private static double Product(ImageShape shape, ReadOnlySpan<float> image, int a, int b, double[] means)
    {
        var sum = 0.0;
        for (var i = 0; i < shape.Pixels; i++)
            sum += (image[(a * shape.Pixels) + i] - means[a]) * (image[(b * shape.Pixels) + i] - means[b]);
        return sum;
    }

    private static void ForEachImage(DataSource data, Action<ReadOnlyMemory<float>> visit)
    {
        var samples = new int[Math.Min(Chunk, data.Count)];
        var images = new float[checked(samples.Length * data.InputLength)];
        for (var start = 0; start < data.Count; start += Chunk)
        {
            var count = Math.Min(Chunk, data.Count - start);
            for (var i = 0; i < count; i++)
                samples[i] = start + i;
            data.GatherInputs(samples.AsSpan(0, count), images.AsSpan(0, count * data.InputLength));
            for (var i = 0; i < count; i++)
                visit(images.AsMemory(i * data.InputLength, data.InputLength));
        }
    }
}
