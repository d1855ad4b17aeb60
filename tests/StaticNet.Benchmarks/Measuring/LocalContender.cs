using System.Diagnostics;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>A contender in this process. It is timed in blocks of calls that are long enough for the clock.</summary>
/// <param name="run">Makes so many independent calls, one after the other, and consumes what they compute.</param>
/// <param name="restart">Goes back to the start before each turn; not timed.</param>
internal sealed class LocalContender(Action<int> run, Action? restart = null) : Contender
{
    private const double BlockNs = 20_000;
    private const double TurnNs = 2_000_000;
    private const int FewestBlocks = 4;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(400);

    private int _calls = 1;
    private int _blocks = 1;

    /// <inheritdoc/>
    public override void WarmUp()
    {
        // Long enough for the runtime to replace its first, quickly compiled code of the loops around the call.
        var start = Stopwatch.GetTimestamp();
        do
        {
            // A tenth longer than the shortest block, so that a lucky one is not too short.
            while (Block() * _calls < BlockNs * 1.1)
                _calls += Math.Max(1, _calls / 8);
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
        _blocks = Math.Max(FewestBlocks, (int)(TurnNs / (Block() * _calls)));
    }

    /// <inheritdoc/>
    protected override void Measure(List<double> nanoseconds)
    {
        restart?.Invoke();
        // The other contender has used the caches: the first block warms them again.
        Block();
        for (var block = 0; block < _blocks; block++)
            nanoseconds.Add(Block());
    }

    private double Block()
    {
        var start = Stopwatch.GetTimestamp();
        run(_calls);
        return Clock.NanosecondsSince(start) / _calls;
    }
}
