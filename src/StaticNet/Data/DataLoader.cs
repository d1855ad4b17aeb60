using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>Cuts a data set into batches, epoch by epoch, without allocating once it is constructed.</summary>
/// <remarks>
/// The order within an epoch depends on the seed and the epoch's number only, so any epoch can be repeated. A
/// loader gathers into its own buffers: it is for one thread, and one epoch at a time.
/// </remarks>
/// <example><code>foreach (DataBatch batch in loader.Epoch(0)) …</code></example>
public sealed class DataLoader
{
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly AlignedBuffer _inputs;
    private readonly AlignedBuffer _targets;
    private readonly AlignedBuffer _weights;
    private int _run;

    /// <summary>Makes a loader and its buffers.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples per batch, 1 or more. Beyond the number of samples it means all of them.</param>
    /// <param name="shuffle">Whether each epoch has its own random order; otherwise the order is the data set's.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    /// <param name="dropLast">Whether a last batch with fewer samples is left out.</param>
    /// <exception cref="ArgumentException">The batch size is under 1, or there are samples but all would be dropped.</exception>
    public DataLoader(DataSet data, int batchSize, bool shuffle = true, ulong seed = 0, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && data.Count > 0 && batchSize > data.Count)
            throw new ArgumentException(
                $"Expected a batch size up to the {data.Count} samples, for else the only batch would be dropped; it is " +
                $"{batchSize}.", nameof(batchSize));
        Data = data;
        BatchSize = Math.Min(batchSize, Math.Max(1, data.Count));
        Shuffle = shuffle;
        DropLast = dropLast;
        _seed = seed;
        _order = new int[data.Count];
        DataSet.FillOrder(_order);
        _inputs = new AlignedBuffer(checked(BatchSize * data.InputLength));
        _targets = new AlignedBuffer(checked(BatchSize * data.TargetLength));
        _weights = new AlignedBuffer(data.HasSampleWeights ? BatchSize : 0);
    }

    /// <summary>The samples.</summary>
    public DataSet Data { get; }

    /// <summary>Samples per batch, at most the samples there are; the last batch of an epoch may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Whether each epoch has its own random order.</summary>
    public bool Shuffle { get; }

    /// <summary>Whether a last batch with fewer samples is left out.</summary>
    public bool DropLast { get; }

    /// <summary>The number of batches in an epoch.</summary>
    public int BatchCount => DropLast ? Data.Count / BatchSize : (Data.Count / BatchSize) + (Data.Count % BatchSize > 0 ? 1 : 0);

    /// <summary>Makes a loader whose every epoch is one batch of all samples in the data set's order.</summary>
    /// <param name="data">The samples.</param>
    /// <returns>The loader.</returns>
    public static DataLoader FullBatch(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataLoader(data, Math.Max(1, data.Count), shuffle: false);
    }

    /// <summary>The batches of one epoch; ends any epoch of this loader that is still being iterated.</summary>
    /// <param name="number">The epoch's number from 0: it chooses the order and the numbers of the samples.</param>
    /// <param name="firstBatch">
    /// How many batches to leave out at the start, 0 to <see cref="BatchCount"/>: a training that was interrupted after so many
    /// goes on with exactly the batches that would have come.
    /// </param>
    /// <returns>Something to go through with <c>foreach</c>, as often as wanted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or there are fewer batches.</exception>
    public DataEpoch Epoch(int number, int firstBatch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        if (firstBatch < 0 || firstBatch > BatchCount)
            throw new ArgumentOutOfRangeException(
                nameof(firstBatch), firstBatch, $"Expected 0 to {BatchCount} batches to leave out.");
        return new DataEpoch(this, number, firstBatch);
    }

    /// <summary>Puts the samples in the order of an epoch.</summary>
    /// <returns>A ticket that becomes invalid when the next epoch begins.</returns>
    internal int Begin(int epoch)
    {
        if (Shuffle)
        {
            // From the same start each time, so that the order does not depend on the epochs before.
            DataSet.FillOrder(_order);
            new RandomStream(_seed, (ulong)epoch).Shuffle<int>(_order);
        }
        return ++_run;
    }

    /// <summary>Gathers one batch of the current epoch.</summary>
    internal DataBatch Gather(int run, int epoch, int batch)
    {
        if (run != _run)
            throw new InvalidOperationException("Expected one epoch at a time; a later one of the same loader has begun.");
        var start = batch * BatchSize;
        var count = Math.Min(BatchSize, Data.Count - start);
        var inputs = _inputs.Span[..(count * Data.InputLength)];
        var targets = _targets.Span[..(count * Data.TargetLength)];
        var weights = Data.HasSampleWeights ? _weights.Span[..count] : default;
        Data.Gather(_order.AsSpan(start, count), inputs, targets, weights);
        return new DataBatch(inputs, targets, weights, count, ((ulong)epoch * (ulong)Data.Count) + (ulong)start);
    }
}
