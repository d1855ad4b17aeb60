using System.Runtime.ExceptionServices;

namespace StaticNet.Data;

/// <summary>Makes a loader's batches ahead, on one thread that lives as long as the loader is used.</summary>
internal sealed class Prefetcher : IDisposable
{
    // One that is trained, one that is ready, and one that is being made.
    private const int BufferCount = 3;

    private readonly object _gate = new();
    private readonly BatchLoader _loader;
    private readonly BatchBuffer[] _buffers;
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _disposed;

    // The epoch that is wanted, and how far it is: batches made, given and given back, counted from the first.
    private int _run;
    private int _epoch;
    private int _firstBatch;
    private int _made;
    private int _given;
    private int _returned;

    public Prefetcher(BatchLoader loader, Func<BatchBuffer> createBuffer)
    {
        _loader = loader;
        _buffers = [.. Enumerable.Range(0, BufferCount).Select(_ => createBuffer())];
    }

    private bool CanMake =>
        _failure is null && _firstBatch + _made < _loader.BatchCount && _made - _returned < BufferCount;

    /// <summary>Turns to an epoch; what was made of another is dropped.</summary>
    public void Begin(int epoch, int firstBatch)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, _loader);
            _run++;
            (_epoch, _firstBatch) = (epoch, firstBatch);
            (_made, _given, _returned) = (0, 0, 0);
            _failure = null;
            if (_thread is null)
            {
                _thread = new Thread(Work) { IsBackground = true, Name = "StaticNet prefetch" };
                _thread.Start();
            }
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the next batch; the one given before is given back.</summary>
    /// <exception cref="ObjectDisposedException">The loader is or was disposed, perhaps on another thread while this one waits.</exception>
    public BatchBuffer Take()
    {
        lock (_gate)
        {
            _returned = _given;
            Monitor.PulseAll(_gate);
            while (_made == _given)
            {
                ObjectDisposedException.ThrowIf(_disposed, _loader);
                _failure?.Throw();
                Monitor.Wait(_gate);
            }
            return _buffers[_given++ % BufferCount];
        }
    }

    /// <summary>Ends the thread, after the batch that it is making.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
        _thread?.Join();
    }

    private void Work()
    {
        var run = 0;
        while (true)
        {
            bool begins;
            int epoch, batch;
            BatchBuffer buffer;
            lock (_gate)
            {
                while (!_disposed && _run == run && !CanMake)
                    Monitor.Wait(_gate);
                if (_disposed)
                    return;
                begins = _run != run;
                run = _run;
                (epoch, batch) = (_epoch, _firstBatch + _made);
                buffer = _buffers[_made % BufferCount];
            }

            ExceptionDispatchInfo? failure = null;
            try
            {
                if (begins)
                    _loader.BeginOrder(epoch, _loader.PositionOf(batch));
                else
                    _loader.Fill(buffer, epoch, batch);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            lock (_gate)
            {
                // A new epoch may have been asked for meanwhile: what was made is not of it.
                if (_run != run)
                    continue;
                if (failure is not null)
                    _failure = failure;
                else if (!begins)
                    _made++;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
