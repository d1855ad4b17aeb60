namespace StaticNet.Data;

/// <summary>Changes batches before they are trained on, for example by augmentation.</summary>
/// <remarks>
/// What it does to a sample may depend on its seed and the sample's number in the run, but never on what it did before, so that a
/// repeated or resumed run gets the same batches, whatever the batch size and the thread. It must not allocate in
/// <see cref="Apply"/>, and it belongs to one loader. If it is also <see cref="Serialization.IDescribed"/>, a resumed run
/// compares its settings with the stored ones.
/// </remarks>
public interface IBatchTransform
{
    /// <summary>Called once, by the loader's constructor: the time to check lengths and to allocate.</summary>
    /// <param name="batchSize">The most samples that a batch will have.</param>
    /// <param name="inputLength">Numbers per input.</param>
    /// <param name="targetLength">Numbers per target.</param>
    /// <exception cref="ArgumentException">The transform does not suit such samples.</exception>
    void Prepare(int batchSize, int inputLength, int targetLength);

    /// <summary>Changes a batch in place.</summary>
    /// <param name="inputs">[count, input length] row-major.</param>
    /// <param name="targets">[count, target length] row-major.</param>
    /// <param name="sampleWeights">A weight for each sample; empty without.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="firstSample">The running number of the first sample; those of the others follow.</param>
    void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample);
}
