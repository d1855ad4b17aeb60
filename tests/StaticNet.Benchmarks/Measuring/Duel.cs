using System.Diagnostics;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>Measures contenders in turns, so that a drift of the machine's clock meets them all alike.</summary>
internal static class Duel
{
    private const int EnoughTimes = 4000;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    /// <summary>Warms all up, then lets them take turns until each has thousands of times, or the time is up.</summary>
    /// <param name="contenders">At least one.</param>
    public static void Run(params ReadOnlySpan<Contender> contenders)
    {
        foreach (var contender in contenders)
            contender.WarmUp();

        var start = Stopwatch.GetTimestamp();
        while (Unfinished(contenders, Stopwatch.GetElapsedTime(start)))
        {
            foreach (var contender in contenders)
                contender.TakeTurn();
        }
    }

    private static bool Unfinished(ReadOnlySpan<Contender> contenders, TimeSpan elapsed)
    {
        if (elapsed < Shortest)
            return true;
        var fewest = int.MaxValue;
        foreach (var contender in contenders)
            fewest = Math.Min(fewest, contender.Count);
        return fewest < EnoughTimes && elapsed < Longest;
    }
}
