namespace StaticNet.Data;

/// <summary>Produces batches, epoch by epoch, without allocating after construction; see <see cref="DataLoader"/> and
/// <see cref="StreamLoader"/>.</summary>
/// <remarks>
/// Batches depend only on seed, epoch and position, so any epoch can be repeated, and begun anywhere. With prefetch, each batch
/// is prepared on a separate thread while the previous one is used; the batches are the same bit for bit. An exception there is
/// thrown when its batch is requested. In samples of weight 0, an input or a target with a number that is not finite is read as
/// zeros; so are the inputs of steps that a sequence does not have. A loader is for one thread, and one epoch at a time; disposing it ends its own thread.
/// </remarks>
public abstract class BatchLoader : IDisposable
{
    private readonly IBatchTransform? _transform;
    private readonly TransformUse? _transformUse;
    private readonly Scaler? _inputScaler;
    private readonly Scaler? _targetScaler;
    private readonly BatchBuffer? _buffer;
    private readonly Prefetcher? _prefetcher;
    private bool _disposed;
    private int _run;

    private protected BatchLoader(
        SampleLayout samples, int batchSize, bool dropLast, IBatchTransform? transform, bool prefetch, Scaler? inputScaler, Scaler? targetScaler = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && samples.Count > 0 && batchSize > samples.Count)
            throw new ArgumentException(
                $"Expected a batch size up to the {samples.Count} samples, for else the only batch would be dropped; it is " +
                $"{batchSize}.", nameof(batchSize));
        SampleCount = samples.Count;
        BatchSize = Math.Min(batchSize, Math.Max(1, samples.Count));
        DropLast = dropLast;
        _transform = transform;
        _inputScaler = inputScaler;
        _targetScaler = targetScaler;
        inputScaler?.RequireRow(samples.InputLength);
        targetScaler?.RequireRow(samples.TargetLength);
        if (prefetch)
            _prefetcher = new Prefetcher(this, () => samples.CreateBuffer(BatchSize));
        else
            _buffer = samples.CreateBuffer(BatchSize);
        if (transform is not null)
        {
            _transformUse = TransformUse.Of(transform);
            _transformUse.Prepare(transform, this, samples.InputLength, samples.TargetLength);
        }
    }

    /// <summary>The samples of an epoch.</summary>
    public int SampleCount { get; }

    /// <summary>The samples per batch, at most all samples; the last batch of an epoch may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Whether a last batch with fewer samples is left out.</summary>
    public bool DropLast { get; }

    /// <summary>Whether batches are prepared in advance on a separate thread.</summary>
    public bool Prefetch => _prefetcher is not null;

    /// <summary>The number of batches in an epoch.</summary>
    public int BatchCount => (SampleCount / BatchSize) + (!DropLast && SampleCount % BatchSize > 0 ? 1 : 0);

    /// <summary>The batches of one epoch; ends any epoch of this loader that is still being iterated.</summary>
    /// <param name="number">The epoch's number from 0: it chooses the order and the numbers of the samples.</param>
    /// <param name="firstBatch">How many batches to skip at the start, 0 to <see cref="BatchCount"/>: a run that was interrupted
    /// after that number continues with exactly the batches that would have followed.
    /// </param>
    /// <returns>The batches, for <c>foreach</c>, as often as needed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or there are fewer batches.</exception>
    public DataEpoch Epoch(int number, int firstBatch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        if (firstBatch < 0 || firstBatch > BatchCount)
            throw new ArgumentOutOfRangeException(
                nameof(firstBatch), firstBatch, $"Expected 0 to {BatchCount} batches to leave out.");
        return new DataEpoch(this, number, firstBatch);
    }

    /// <summary>How messages name a sample: where it is in the user's own data, whatever its place in a batch.</summary>
    /// <param name="number">One of <see cref="DataBatch.SampleNumbers"/>.</param>
    /// <returns>A phrase such as <c>sample 4</c> or <c>line 6 of iris.csv</c>.</returns>
    public abstract string PlaceOf(int number);

    /// <summary>
    /// Ends the thread that prefetches, if there is one, after the batch that it is preparing. If the source blocks, this returns
    /// after two seconds; the thread then ends when the source returns. Earlier batches are no longer valid.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_prefetcher is null || _prefetcher.End())
            End();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins an epoch before one of its batches.</summary>
    /// <returns>A ticket that becomes invalid when the next epoch begins.</returns>
    internal int Begin(int epoch, int firstBatch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_prefetcher is not null)
            _prefetcher.Begin(epoch, firstBatch);
        else
            BeginOrder(epoch, PositionOf(firstBatch));
        return ++_run;
    }

    /// <summary>Gives one batch of the current epoch; they are asked for one after the other.</summary>
    internal DataBatch Take(int run, int epoch, int batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (run != _run)
            throw new InvalidOperationException("Expected one epoch at a time; a later one of the same loader has begun.");
        if (_prefetcher is not null)
            return _prefetcher.Take().Batch;
        Fill(_buffer!, epoch, batch);
        return _buffer!.Batch;
    }

    /// <summary>The position of a batch's first sample in an epoch; for the batch after the last one, that of the end.</summary>
    internal int PositionOf(int batch) => (int)Math.Min((long)batch * BatchSize, SampleCount);

    /// <summary>Makes one batch of the epoch that <see cref="BeginOrder"/> has begun.</summary>
    internal void Fill(BatchBuffer buffer, int epoch, int batch)
    {
        var start = PositionOf(batch);
        var count = Math.Min(BatchSize, SampleCount - start);
        var firstSample = ((ulong)epoch * (ulong)SampleCount) + (ulong)start;
        buffer.Begin(count, firstSample);
        Gather(start, count, buffer);
        buffer.ClearMissingSteps();
        buffer.ClearIgnored();
        _targetScaler?.Apply(buffer.Targets);
        if (_transform is not null)
            _transformUse!.Apply(_transform, this, buffer, count, firstSample);
        _inputScaler?.Apply(buffer.Inputs);
    }

    /// <summary>Puts the samples in the order of an epoch and goes to a position in it.</summary>
    internal abstract void BeginOrder(int epoch, int position);

    /// <summary>Writes the samples at some positions of the order; positions come one after the other.</summary>
    private protected abstract void Gather(int start, int count, BatchBuffer buffer);

    /// <summary>
    /// Lets a token end the wait for a batch that is prepared in advance (<see cref="Prefetch"/>), with an
    /// <see cref="OperationCanceledException"/>. A source that blocks then only blocks the loader's own thread, which ends when
    /// the source returns.
    /// </summary>
    /// <param name="token">The token.</param>
    public void CancelWith(CancellationToken token) => _prefetcher?.CancelWith(token);

    /// <summary>Gives back what an epoch holds, when nothing more will be asked for.</summary>
    internal virtual void End()
    {
    }
}

/// <summary>What a batch's memory follows from.</summary>
internal readonly record struct SampleLayout(int Count, int InputLength, int TargetLength, bool HasSampleWeights, int SequenceSteps)
{
    public BatchBuffer CreateBuffer(int batchSize) => new(batchSize, InputLength, TargetLength, HasSampleWeights, SequenceSteps);
}
