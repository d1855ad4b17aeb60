namespace StaticNet.Data;

/// <summary>Samples that come one after the other and cannot be accessed by number: from a file too large for memory, or
/// computed. A <see cref="StreamLoader"/> makes batches from them.</summary>
public abstract class SampleStream
{
    /// <summary>The samples of an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>Numbers per input, 1 or more.</summary>
    public abstract int InputLength { get; }

    /// <summary>Numbers per target; 1 for a class index, 0 if there are no targets.</summary>
    public abstract int TargetLength { get; }

    /// <summary>Whether the samples have weights.</summary>
    public virtual bool HasSampleWeights => false;

    /// <summary>How messages name a sample: where it is in the user's own data.</summary>
    /// <param name="number">Its place in an epoch, 0 to <see cref="Count"/> − 1.</param>
    /// <returns>A phrase such as <c>sample 4</c> or <c>line 6 of measurements.csv</c>.</returns>
    public virtual string PlaceOf(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"sample {number}");

    /// <summary>Begins an epoch at its first sample.</summary>
    /// <param name="epoch">The epoch's number from 0; the same number produces the same samples.</param>
    /// <returns>A reader to dispose.</returns>
    public abstract SampleReader Open(int epoch);
}

/// <summary>Reads the samples of one epoch of a <see cref="SampleStream"/>.</summary>
public abstract class SampleReader : IDisposable
{
    /// <summary>Reads the next sample, if possible without allocating.</summary>
    /// <param name="input">[input length], written.</param>
    /// <param name="target">[target length], written.</param>
    /// <param name="weight">The sample's weight; 1 if the stream has no weights.</param>
    /// <returns>False at the end, where nothing is written.</returns>
    public abstract bool Read(Span<float> input, Span<float> target, out float weight);

    /// <summary>Releases the resources of the reader.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the resources of the reader.</summary>
    /// <param name="disposing">Whether that is by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
