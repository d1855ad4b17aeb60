namespace StaticNet.Data;

/// <summary>Some samples one after the other, for a training step. The spans are valid until the next batch is
/// requested.</summary>
public readonly ref struct DataBatch
{
    internal DataBatch(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights, ReadOnlySpan<int> sequenceLengths, int count, ulong firstSample, ReadOnlySpan<int> sampleNumbers)
    {
        SequenceLengths = sequenceLengths;
        SampleNumbers = sampleNumbers;
        Inputs = inputs;
        Targets = targets;
        SampleWeights = sampleWeights;
        Count = count;
        FirstSample = firstSample;
    }

    /// <summary>The inputs, [<see cref="Count"/>, input length] row-major; 64-byte aligned.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>The targets, [<see cref="Count"/>, target length] row-major; 64-byte aligned.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>A weight for each sample; empty if the data set has none.</summary>
    public ReadOnlySpan<float> SampleWeights { get; }

    /// <summary>The steps of each sample's sequence; empty if no lengths are given.</summary>
    public ReadOnlySpan<int> SequenceLengths { get; }

    /// <summary>The number of each sample in its source, or its place in one pass of its stream, from 0; see
    /// <see cref="BatchLoader.PlaceOf"/>.</summary>
    public ReadOnlySpan<int> SampleNumbers { get; }

    /// <summary>The number of samples, 1 up to the loader's batch size.</summary>
    public int Count { get; }

    /// <summary>
    /// The number of the first sample in the whole run: epoch × samples of the data set + position in the epoch. Random streams
    /// that depend on it, such as that of dropout, repeat exactly when a run is repeated or resumed.
    /// </summary>
    public ulong FirstSample { get; }

    /// <summary>The same samples as a batch for a network; the loss is their mean.</summary>
    /// <param name="isScaled">Whether the numbers are the network's own; see <see cref="Batch.IsScaled"/>.</param>
    /// <returns>A view of the same spans.</returns>
    public Batch ToBatch(bool isScaled = false) => new(Inputs, Targets, Count)
    {
        SampleWeights = SampleWeights,
        SequenceLengths = SequenceLengths,
        FirstSample = FirstSample,
        IsScaled = isScaled,
    };
}
