using StaticNet.Numerics;

namespace StaticNet.Training.Augmentation;

/// <summary>A batch as one step of an augmentation gets it, to change in place.</summary>
public readonly ref struct AugmentedBatch
{
    private readonly ulong _seed;

    internal AugmentedBatch(ImageShape shape, int count, ulong firstSample, ulong seed)
    {
        Shape = shape;
        Count = count;
        FirstSample = firstSample;
        _seed = seed;
    }

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The samples of the batch.</summary>
    public int Count { get; }

    /// <summary>The number of the first sample in the whole run.</summary>
    public ulong FirstSample { get; }

    /// <summary>The images, one after the other.</summary>
    public Span<float> Inputs { get; init; }

    /// <summary>The targets, [<see cref="Count"/>, target length].</summary>
    public Span<float> Targets { get; init; }

    /// <summary>A weight for each sample; empty if there are none.</summary>
    public Span<float> SampleWeights { get; init; }

    /// <summary>Scratch memory, as long as <see cref="Inputs"/>, with undefined content.</summary>
    public Span<float> InputScratch { get; init; }

    /// <summary>Scratch memory, as long as <see cref="Targets"/>, with undefined content.</summary>
    public Span<float> TargetScratch { get; init; }

    /// <summary>Scratch memory, as long as <see cref="SampleWeights"/>, with undefined content.</summary>
    public Span<float> WeightScratch { get; init; }

    /// <summary>One image.</summary>
    /// <param name="sample">Its number in the batch.</param>
    public Span<float> Image(int sample) => Inputs.Slice(sample * Shape.Length, Shape.Length);

    /// <summary>The random numbers for a sample's changes: they depend only on the seed, the sample's number in the run and the
    /// step.</summary>
    /// <param name="sample">Its number in the batch.</param>
    public RandomStream Random(int sample) => new(_seed, FirstSample + (ulong)sample);
}
