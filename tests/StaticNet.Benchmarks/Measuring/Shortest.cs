using System.Diagnostics;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>The time of the fastest run: what the machine can do, for limits.</summary>
internal static class Shortest
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs again and again for some 400 ms.</summary>
    /// <param name="run">The work, 20 µs or longer.</param>
    /// <returns>The shortest time in nanoseconds.</returns>
    public static double Nanoseconds(Action run)
    {
        var shortest = double.MaxValue;
        var first = Stopwatch.GetTimestamp();
        do
        {
            var start = Stopwatch.GetTimestamp();
            run();
            shortest = Math.Min(shortest, Clock.NanosecondsSince(start));
        }
        while (Stopwatch.GetElapsedTime(first) < Budget);
        return shortest;
    }
}
