namespace StaticNet.Benchmarks.Latency;

/// <summary>How often a call took how long: each nanosecond has a count of its own up to 2²², about four milliseconds; what is longer shares one.</summary>
internal sealed class LatencyHistogram
{
    private readonly long[] _counts = new long[1 << 22];
    private long _beyond;
    private long _total;

    /// <summary>The longest time, in nanoseconds.</summary>
    public long Longest { get; private set; }

    /// <summary>Counts a time. Allocates nothing.</summary>
    /// <param name="nanoseconds">The time, 0 or more.</param>
    public void Add(long nanoseconds)
    {
        _total++;
        Longest = Math.Max(Longest, nanoseconds);
        if (nanoseconds < _counts.Length)
            _counts[nanoseconds]++;
        else
            _beyond++;
    }

    /// <summary>The time that a share of the calls did not exceed; the longest one where that is beyond what is counted singly.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public long Quantile(double share)
    {
        var rest = (long)Math.Ceiling(share * _total);
        for (var nanoseconds = 0; nanoseconds < _counts.Length; nanoseconds++)
        {
            rest -= _counts[nanoseconds];
            if (rest <= 0)
                return nanoseconds;
        }

        return Longest;
    }
}
