using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace StaticNet.Numerics;

/// <summary>A pool of threads that share the work of one phase after the other without allocating.</summary>
/// <remarks>
/// <para>The calling thread works too. Parts are claimed as threads become free, so a thread that the operating system has
/// suspended delays only the part that it is working on: with more threads than free cores, the work still gets done. Which
/// thread does what differs from run to run; if the parts are independent, the bits are still the same.</para>
/// <para>Between phases that follow one another closely, threads spin for at most 100 µs; then they sleep.
/// A pool serves one caller at a time.</para>
/// </remarks>
public sealed class WorkerPool : IDisposable, IWorkSharing
{
    /// <summary>The most threads of a pool.</summary>
    public const int MostThreads = 256;

    /// <summary>The rows of a tile share the loads of a weight: parts are multiples of this many samples, where there are enough.</summary>
    private const int Grain = 6;

    private static readonly long LongestSpin = Stopwatch.Frequency / 10_000;

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _wake = new(0);
    private Counters _counters;
    private IParallelWork? _work;
    private Exception? _failure;
    private volatile bool _ends;
    private int _isBusy;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">The number of threads, including the caller, 1 to <see cref="MostThreads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public WorkerPool(int threads)
    {
        if (threads is < 1 or > MostThreads)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, $"Expected 1 to {MostThreads} threads.");
        _workers = new Thread[threads - 1];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(WorkUntilTheEnd) { IsBackground = true, Name = "StaticNet worker " + (i + 1).ToString(CultureInfo.InvariantCulture) };
            _workers[i].Start();
        }
    }

    /// <summary>The number of threads, including the caller.</summary>
    public int Threads => _workers.Length + 1;

    /// <summary>Ends the threads. The pool must not be in use.</summary>
    public void Dispose()
    {
        if (_ends)
            return;
        _ends = true;
        _wake.Release(_workers.Length + 1);
        foreach (var worker in _workers)
            worker.Join();
        _wake.Dispose();
    }

    /// <summary>Does work over a range and returns when all of it is done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="length">The end of the range, which starts at 0.</param>
    /// <exception cref="InvalidOperationException">The pool is already in use.</exception>
    /// <remarks>What a part throws is thrown here, when all parts have ended; of several the first.</remarks>
    internal void Run(IParallelWork work, int length)
    {
        ObjectDisposedException.ThrowIf(_ends, this);
        if (length <= 0)
            return;
        if (_workers.Length == 0 || length == 1)
        {
            work.Run(0, length);
            return;
        }

        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
            throw new InvalidOperationException("Expected a free pool of threads; it is working for another caller.");
        _work = work;
        _counters.Done = 0;
        Interlocked.Exchange(ref _counters.Range, (uint)length);
        if (Volatile.Read(ref _counters.Sleeping) > 0)
            Wake();

        while (TryClaim(out var begin, out var end))
            RunPart(begin, end);
        var wait = default(SpinWait);
        while (Volatile.Read(ref _counters.Done) != length)
            wait.SpinOnce(sleep1Threshold: -1);

        var failure = _failure;
        _failure = null;
        _work = null;
        Volatile.Write(ref _isBusy, 0);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    void IWorkSharing.Run(IParallelWork work, int length) => Run(work, length);

    private void WorkUntilTheEnd()
    {
        var idleSince = Stopwatch.GetTimestamp();
        while (!_ends)
        {
            if (TryClaim(out var begin, out var end))
            {
                RunPart(begin, end);
                idleSince = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetTimestamp() - idleSince < LongestSpin)
            {
                Thread.SpinWait(8);
            }
            else
            {
                Sleep();
                idleSince = Stopwatch.GetTimestamp();
            }
        }
    }

    /// <summary>Takes the next part of the range: large ones first, so that few are taken and all end together.</summary>
    private bool TryClaim(out int begin, out int end)
    {
        while (true)
        {
            // The start of what is left and the length are one number, so that a part is never claimed of another range than it was read from.
            var range = Volatile.Read(ref _counters.Range);
            begin = (int)(range >> 32);
            var length = (int)range;
            end = begin;
            if (begin >= length)
                return false;
            // Parts of less than a thread's share of an eighth would cost more than it costs to wait for one.
            var smallest = Math.Clamp(length / (8 * Threads), 1, Grain);
            var part = Math.Max(smallest, (int)((length - begin) * 3L / (4 * Threads)));
            if (part > Grain)
                part -= part % Grain;
            end = Math.Min(begin + part, length);
            if (Interlocked.CompareExchange(ref _counters.Range, ((long)end << 32) | (uint)length, range) == range)
                return true;
        }
    }

    private void RunPart(int begin, int end)
    {
        try
        {
            // Whoever has claimed a part keeps the range from ending, so this is still its work.
            _work!.Run(begin, end);
        }
#pragma warning disable CA1031 // Whatever it is, the caller gets it; a thread that died of it would leave the caller waiting.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }

        Interlocked.Add(ref _counters.Done, end - begin);
    }

    /// <summary>Wakes all that sleep; each is woken once.</summary>
    private void Wake()
    {
        if (Interlocked.Exchange(ref _counters.Sleeping, 0) is > 0 and var sleeping)
            _wake.Release(sleeping);
    }

    private void Sleep()
    {
        Interlocked.Increment(ref _counters.Sleeping);
        var range = Volatile.Read(ref _counters.Range);
        if ((range >> 32) < (int)range && TakeBack())
            return;
        _wake.Wait();
    }

    /// <summary>Work has come while going to sleep: one sleeper less, unless the waking call is on its way.</summary>
    private bool TakeBack()
    {
        while (true)
        {
            var sleeping = Volatile.Read(ref _counters.Sleeping);
            if (sleeping == 0)
                return false;
            if (Interlocked.CompareExchange(ref _counters.Sleeping, sleeping - 1, sleeping) == sleeping)
                return true;
        }
    }

    /// <summary>Each on its own cache lines (pairs of lines are fetched together).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Counters
    {
        /// <summary>The start of what is left in the upper half, the length of all in the lower.</summary>
        [FieldOffset(128)]
        public long Range;

        /// <summary>How much of the range is done.</summary>
        [FieldOffset(256)]
        public int Done;

        /// <summary>The threads that sleep and have not been woken.</summary>
        [FieldOffset(384)]
        public int Sleeping;
    }
}
