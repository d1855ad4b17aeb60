using System.Globalization;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>Random changes of training images, one after the other, as a loader's transform.</summary>
/// <remarks>
/// <para>The images are in the user's numbers, usually with black 0 and white 1; a network's scaling is applied after the last
/// step, as the loader's <c>inputScaler</c>. Nothing is clipped: add <see cref="Clamp"/> if you need that. The numbers of an
/// image are stored channel by channel; the inputs of networks with channels last are not, and cannot be augmented.</para>
/// <para>The changes of a sample depend on the seed, the sample's number in the whole run and the step's position in the list, so
/// they are the same for any batch size, on any thread and after resuming (<see cref="Mixup"/> also depends on the other samples
/// of the batch). Nothing allocates from batch to batch.</para>
/// </remarks>
/// <example><code>
/// var pipeline = new AugmentationPipeline(new ImageShape(3, 32, 32), [new RandomCrop(4), new HorizontalFlip()], seed: 1);
/// using var loader = new DataLoader(train, 64, transform: pipeline, prefetch: true);
/// </code></example>
public sealed class AugmentationPipeline : IBatchTransform, IDescribed
{
    private readonly AugmentationStep[] _steps;
    private readonly ulong _seed;
    private AlignedBuffer _inputs = new(0);
    private AlignedBuffer _targets = new(0);
    private AlignedBuffer _weights = new(0);

    /// <summary>Makes a pipeline, for one loader.</summary>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="steps">The changes, in this order.</param>
    /// <param name="seed">The same seed produces the same changes.</param>
    /// <exception cref="ArgumentException">The shape is not that of an image, or a step is null.</exception>
    public AugmentationPipeline(ImageShape shape, IReadOnlyList<AugmentationStep> steps, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Contains(null!))
            throw new ArgumentException("Expected steps; one is null.", nameof(steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Length, 1, nameof(shape));
        Shape = shape;
        _steps = [.. steps];
        _seed = seed;
    }

    /// <summary>The shape of the images.</summary>
    public ImageShape Shape { get; }

    /// <inheritdoc/>
    public void Describe(SettingList settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Add("shape", Shape.ToString());
        settings.Add("seed", _seed);
        for (var index = 0; index < _steps.Length; index++)
            settings.AddPart(string.Create(CultureInfo.InvariantCulture, $"steps.{index}"), _steps[index]);
    }

    /// <inheritdoc/>
    public void Prepare(int batchSize, int inputLength, int targetLength)
    {
        if (inputLength != Shape.Length)
            throw new ArgumentException($"Expected images of {Shape}, {Shape.Length} numbers; the samples have {inputLength}.");
        foreach (var step in _steps)
            step.Check(Shape, targetLength);
        _inputs = new AlignedBuffer(checked(batchSize * inputLength));
        _targets = new AlignedBuffer(checked(batchSize * targetLength));
        _weights = new AlignedBuffer(batchSize);
    }

    /// <inheritdoc/>
    public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            var seed = unchecked(_seed + ((ulong)(i + 1) * 0xD1B54A32D192ED03));
            _steps[i].Apply(new AugmentedBatch(Shape, count, firstSample, seed)
            {
                Inputs = inputs,
                Targets = targets,
                SampleWeights = sampleWeights,
                InputScratch = _inputs.Span[..inputs.Length],
                TargetScratch = _targets.Span[..targets.Length],
                WeightScratch = _weights.Span[..sampleWeights.Length],
            });
        }
    }
}
