using System.Diagnostics;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>The clock at its own resolution; <see cref="TimeSpan"/> would round to 100 ns.</summary>
internal static class Clock
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>The nanoseconds since a timestamp of <see cref="Stopwatch"/>.</summary>
    /// <param name="start">The timestamp.</param>
    public static double NanosecondsSince(long start) => (Stopwatch.GetTimestamp() - start) * NanosecondsPerTick;
}
