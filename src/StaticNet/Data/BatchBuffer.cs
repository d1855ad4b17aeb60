using System.Numerics.Tensors;
using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>The memory of one batch.</summary>
internal sealed class BatchBuffer(int batchSize, int inputLength, int targetLength, bool hasSampleWeights, int sequenceSteps)
{
    private readonly AlignedBuffer _inputs = Allocate(batchSize, inputLength, nameof(batchSize));
    private readonly AlignedBuffer _targets = Allocate(batchSize, targetLength, nameof(batchSize));
    private readonly AlignedBuffer _weights = new(hasSampleWeights ? batchSize : 0);
    private readonly int[] _sequenceLengths = new int[sequenceSteps > 0 ? batchSize : 0];
    private readonly int[] _samples = new int[batchSize];
    private int _count;
    private ulong _firstSample;

    public int InputLength => inputLength;

    public int TargetLength => targetLength;

    /// <summary>Memory for some samples.</summary>
    /// <exception cref="ArgumentException">They have more numbers than an array.</exception>
    public static AlignedBuffer Allocate(int samples, int length, string parameter) =>
        (long)samples * length <= Array.MaxLength - AlignedBuffer.Alignment
            ? new AlignedBuffer(samples * length)
            : throw new ArgumentException(
                $"Expected samples of at most {Array.MaxLength} numbers together; {samples} of {length} numbers have more.", parameter);

    public Span<float> Inputs => _inputs.Span[..(_count * inputLength)];

    public Span<float> Targets => _targets.Span[..(_count * targetLength)];

    public Span<float> SampleWeights => hasSampleWeights ? _weights.Span[.._count] : default;

    /// <summary>The steps of each sequence; empty where no lengths are given.</summary>
    public Span<int> SequenceLengths => sequenceSteps > 0 ? _sequenceLengths.AsSpan(0, _count) : default;

    /// <summary>The number of each sample in its source.</summary>
    public Span<int> Samples => _samples.AsSpan(0, _count);

    public DataBatch Batch => new(Inputs, Targets, SampleWeights, SequenceLengths, _count, _firstSample, Samples);

    /// <summary>Replaces the inputs of steps that a sequence does not have by zeros, so that it does not matter what was there.</summary>
    public void ClearMissingSteps()
    {
        var lengths = SequenceLengths;
        for (var sample = 0; sample < lengths.Length; sample++)
            Inputs.Slice(sample * inputLength, inputLength)[(inputLength / sequenceSteps * lengths[sample])..].Clear();
    }

    /// <summary>
    /// Replaces numbers that are not finite in samples of weight 0 by 0: such samples do not count, and 0 times NaN would be NaN in all that is
    /// summed over samples.
    /// </summary>
    public void ClearIgnored()
    {
        var weights = SampleWeights;
        for (var sample = 0; sample < weights.Length; sample++)
        {
            if (weights[sample] != 0)
                continue;
            ClearUnlessFinite(Inputs.Slice(sample * inputLength, inputLength));
            ClearUnlessFinite(Targets.Slice(sample * targetLength, targetLength));
        }

        static void ClearUnlessFinite(Span<float> values)
        {
            if (!TensorPrimitives.IsFiniteAll<float>(values))
                values.Clear();
        }
    }

    /// <summary>Says which samples it is to hold.</summary>
    public void Begin(int count, ulong firstSample) => (_count, _firstSample) = (count, firstSample);
}
