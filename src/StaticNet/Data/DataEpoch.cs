namespace StaticNet.Data;

/// <summary>The batches of one epoch, for <c>foreach</c>; see <see cref="BatchLoader.Epoch"/>.</summary>
public readonly ref struct DataEpoch
{
    private readonly BatchLoader _loader;

    internal DataEpoch(BatchLoader loader, int number, int firstBatch)
    {
        _loader = loader;
        Number = number;
        FirstBatch = firstBatch;
    }

    /// <summary>The epoch's number, from 0.</summary>
    public int Number { get; }

    /// <summary>The number of batches that are skipped at the start; 0 for a whole epoch.</summary>
    public int FirstBatch { get; }

    /// <summary>Puts the samples in the epoch's order and begins before its first batch.</summary>
    public Enumerator GetEnumerator() => new(_loader, Number, FirstBatch);

    /// <summary>Goes through the batches of an epoch.</summary>
    public ref struct Enumerator
    {
        private readonly BatchLoader _loader;
        private readonly int _epoch;
        private readonly int _run;
        private int _batch;

        internal Enumerator(BatchLoader loader, int epoch, int firstBatch)
        {
            _loader = loader;
            _epoch = epoch;
            _run = loader.Begin(epoch, firstBatch);
            _batch = firstBatch - 1;
        }

        /// <summary>The batch; its spans are overwritten by the next.</summary>
        public DataBatch Current { get; private set; }

        /// <summary>Gathers the next batch.</summary>
        /// <returns>False after the last.</returns>
        /// <exception cref="InvalidOperationException">Another epoch of the same loader has begun.</exception>
        public bool MoveNext()
        {
            if (_batch + 1 >= _loader.BatchCount)
                return false;
            Current = _loader.Take(_run, _epoch, ++_batch);
            return true;
        }
    }
}
