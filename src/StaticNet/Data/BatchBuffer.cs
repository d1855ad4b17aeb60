using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>The memory of one batch.</summary>
internal sealed class BatchBuffer(int batchSize, int inputLength, int targetLength, bool hasSampleWeights)
{
    private readonly AlignedBuffer _inputs = new(checked(batchSize * inputLength));
    private readonly AlignedBuffer _targets = new(checked(batchSize * targetLength));
    private readonly AlignedBuffer _weights = new(hasSampleWeights ? batchSize : 0);
    private int _count;
    private ulong _firstSample;

    public Span<float> Inputs => _inputs.Span[..(_count * inputLength)];

    public Span<float> Targets => _targets.Span[..(_count * targetLength)];

    public Span<float> SampleWeights => hasSampleWeights ? _weights.Span[.._count] : default;

    public DataBatch Batch => new(Inputs, Targets, SampleWeights, _count, _firstSample);

    /// <summary>Says which samples it is to hold.</summary>
    public void Begin(int count, ulong firstSample) => (_count, _firstSample) = (count, firstSample);
}
