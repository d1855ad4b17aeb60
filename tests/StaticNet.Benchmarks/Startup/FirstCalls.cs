using System.Globalization;

namespace StaticNet.Benchmarks.Startup;

/// <summary>What the first calls of a process took, in nanoseconds.</summary>
/// <param name="Prepare">Construction and Prepare; 0 without it.</param>
/// <param name="Forward">The first sample, with construction where nothing was prepared.</param>
/// <param name="Batch">The first batch after it.</param>
internal readonly record struct FirstCalls(double Prepare, double Forward, double Batch)
{
    /// <summary>A line that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prepare} {Forward} {Batch}");

    /// <summary>Reads the line.</summary>
    public static FirstCalls Parse(string line)
    {
        var times = Array.ConvertAll(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), time => double.Parse(time, CultureInfo.InvariantCulture));
        return new FirstCalls(times[0], times[1], times[2]);
    }
}
