using System.Runtime.ExceptionServices;

namespace StaticNet.Data;

/// <summary>Makes a loader's batches ahead, on one thread that lives as long as the loader is used.</summary>
internal sealed class Prefetcher
{
    // One that is trained, one that is ready, and one that is being made.
    private const int BufferCount = 3;

    /// <summary>How long a source that blocks may take to come back: one that is only slow does.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>The same when a run was cancelled, and somebody waits for it to end.</summary>
    private static readonly TimeSpan GraceOfCancelled = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly BatchLoader _loader;
    private readonly BatchBuffer[] _buffers;
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _disposed;
    private bool _works;
    private bool _abandoned;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

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

    /// <summary>Lets a token end the wait for a batch.</summary>
    public void CancelWith(CancellationToken token)
    {
        _token = token;
        _registration = token.UnsafeRegister(static prefetcher => ((Prefetcher)prefetcher!).Wake(), this);
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>Waits for the next batch; the one given before is given back.</summary>
    /// <exception cref="ObjectDisposedException">The loader is or was disposed, perhaps on another thread while this one waits.</exception>
    /// <exception cref="OperationCanceledException">The token of <see cref="CancelWith"/> was cancelled, and there is no batch yet.</exception>
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
                if (_token.IsCancellationRequested)
                    throw new OperationCanceledException("Cancelled while waiting for samples.", _token);
                Monitor.Wait(_gate);
            }
            return _buffers[_given++ % BufferCount];
        }
    }

    /// <summary>
    /// Ends the thread, after the batch that it is making. A source that blocks, perhaps for ever, is waited for a moment only, and not
    /// at all where it is the one that calls.
    /// </summary>
    /// <returns>Whether the thread has ended. If not, it releases what the loader's epoch holds when it ends.</returns>
    public bool End()
    {
        // Outside the gate: what is being called back waits for it.
        _registration.Dispose();
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        if (_thread is null)
            return true;
        var isEnded = _thread != Thread.CurrentThread && _thread.Join(_token.IsCancellationRequested ? GraceOfCancelled : Grace);
        if (!isEnded)
        {
            lock (_gate)
            {
                _abandoned = _works;
                if (_abandoned)
                    return false;
            }

            // It is past the source, and about to end.
            _thread.Join();
        }

        return true;
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
                _works = true;
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
                _works = false;
                if (_abandoned)
                    break;
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

        try
        {
            _loader.End();
        }
#pragma warning disable CA1031 // A reader that cannot be closed: nobody is left to receive the exception, and it must not end the process.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
