using System.Diagnostics;

namespace StaticNet.Tool.Measuring;

/// <summary>Times calls one by one.</summary>
/// <param name="name">What is called.</param>
/// <param name="call">A call.</param>
internal sealed class LatencyMeter(string name, Action call)
{
    /// <summary>More calls than this add nothing to what percentiles say.</summary>
    private const int MostCalls = 2_000_000;

    private readonly long[] _ticks = new long[MostCalls];
    private int _count;
    private long _allocated;

    public string Name { get; } = name;

    public int Calls => _count;

    /// <summary>The bytes that a call allocates.</summary>
    public double BytesPerCall => (double)_allocated / _count;

    /// <summary>Calls without timing, while the runtime compiles what is called often.</summary>
    public void Warm(TimeSpan time)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
            call();
    }

    /// <summary>Times calls for some time; at least one.</summary>
    public void Run(TimeSpan time)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (start, ticks) = (Stopwatch.GetTimestamp(), (long)(time.TotalSeconds * Stopwatch.Frequency));
        for (var before = start; _count < MostCalls && (before - start < ticks || before == start);)
        {
            call();
            var after = Stopwatch.GetTimestamp();
            _ticks[_count++] = after - before;
            before = after;
        }

        _allocated += GC.GetAllocatedBytesForCurrentThread() - allocated;
    }

    /// <summary>The times of all calls in microseconds, the shortest first.</summary>
    public double[] Sorted()
    {
        var sorted = _ticks[.._count];
        Array.Sort(sorted);
        return Array.ConvertAll(sorted, ticks => ticks * 1e6 / Stopwatch.Frequency);
    }
}
