using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>Divides a source's samples into batches, epoch by epoch, without allocating after construction.</summary>
/// <remarks>
/// The order within an epoch depends only on the seed and the number of the epoch, so any epoch can be repeated. A loader gathers
/// into its own buffers: it is for one thread, and one epoch at a time.
/// </remarks>
/// <example><code>foreach (DataBatch batch in loader.Epoch(0)) …</code></example>
public sealed class DataLoader : BatchLoader
{
    private readonly ulong _seed;
    private readonly Sampler? _sampler;
    private readonly int[] _order;

    /// <summary>Makes a loader and its buffers.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">The samples per batch, 1 or more. A number beyond that of the samples means all of them.</param>
    /// <param name="shuffle">Whether each epoch has its own random order; otherwise the order is the source's.</param>
    /// <param name="seed">The same seed produces the same orders.</param>
    /// <param name="dropLast">Whether a last batch with fewer samples is left out.</param>
    /// <param name="sampler">Chooses each epoch's samples instead of <paramref name="shuffle"/>; null for none.</param>
    /// <param name="transform">Changes each batch, for example by augmentation; null for none.</param>
    /// <param name="prefetch">Whether batches are prepared in advance on a separate thread; the loader must then be disposed.</param>
    /// <param name="inputScaler">A scaler that is applied to the inputs after the transform; null for none.</param>
    /// <exception cref="ArgumentException">The batch size is below 1, there are samples but all would be dropped, or the sampler
    /// or the transform does not suit the samples.</exception>
    public DataLoader(
        DataSource data,
        int batchSize,
        bool shuffle = true,
        ulong seed = 0,
        bool dropLast = false,
        Sampler? sampler = null,
        IBatchTransform? transform = null,
        bool prefetch = false,
        Scaler? inputScaler = null)
        : base(LayoutOf(data), batchSize, dropLast, transform, prefetch, inputScaler)
    {
        if (sampler is not null && sampler.Count != data.Count)
            throw new ArgumentException(
                $"Expected a sampler of {data.Count} samples; it is one of {sampler.Count}.", nameof(sampler));
        Data = data;
        Shuffle = shuffle && sampler is null;
        _sampler = sampler;
        _seed = seed;
        _order = new int[data.Count];
        DataSource.FillOrder(_order);
    }

    /// <summary>The samples.</summary>
    public DataSource Data { get; }

    /// <summary>Whether each epoch has its own random order.</summary>
    public bool Shuffle { get; }

    /// <summary>Makes a loader whose every epoch is one batch of all samples in the source's order.</summary>
    /// <param name="data">The samples.</param>
    /// <returns>The loader.</returns>
    public static DataLoader FullBatch(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataLoader(data, Math.Max(1, data.Count), shuffle: false);
    }

    internal override void BeginOrder(int epoch, int position)
    {
        if (_sampler is not null)
        {
            // A sampler uses its own memory, and other loaders may use it too.
            lock (_sampler)
                _sampler.Fill(epoch, _order);
        }
        else if (Shuffle)
        {
            // From the same start each time, so that the order does not depend on the epochs before.
            DataSource.FillOrder(_order);
            new RandomStream(_seed, (ulong)epoch).Shuffle<int>(_order);
        }
    }

    /// <inheritdoc/>
    public override string PlaceOf(int number) => Data.PlaceOf(number);

    private protected override void Gather(int start, int count, BatchBuffer buffer)
    {
        var samples = _order.AsSpan(start, count);
        samples.CopyTo(buffer.Samples);
        Data.Gather(samples, buffer.Inputs, buffer.Targets, buffer.SampleWeights);
        if (Data.SequenceSteps > 0)
            Data.GatherSequenceLengths(samples, buffer.SequenceLengths);
    }

    private static SampleLayout LayoutOf(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new SampleLayout(data.Count, data.InputLength, data.TargetLength, data.HasSampleWeights, data.SequenceSteps);
    }
}
