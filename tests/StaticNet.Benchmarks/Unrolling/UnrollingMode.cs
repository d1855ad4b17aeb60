using System.Globalization;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Benchmarks.Peers;

namespace StaticNet.Benchmarks.Unrolling;

/// <summary>
/// Straight-line code against loops, for one square Dense layer and one sample: where the border of the unrolling policy has
/// to be.
/// </summary>
internal static class UnrollingMode
{
    /// <summary>The pairs that are compared: one line each.</summary>
    private static readonly IReadOnlyList<UnrollingPair> Pairs =
    [
    ];

    /// <summary>Measures every pair and prints the table.</summary>
    public static int Run()
    {
        var table = new TextTable("width", "multiply-adds", "unrolled", "looped", "looped / unrolled", "faster");
        foreach (var pair in Pairs)
        {
            var (unrolled, looped) = pair.Measure();
            var ratio = looped.P50Ns / unrolled.P50Ns;
            table.Add(
                pair.Width.ToString(CultureInfo.InvariantCulture),
                pair.MultiplyAdds.ToString(CultureInfo.InvariantCulture),
                TextTable.Time(unrolled.P50Ns),
                TextTable.Time(looped.P50Ns),
                TextTable.Digits(ratio),
                ratio >= 1 ? "unrolled" : "looped");
        }

        Console.WriteLine("Dense width → width, one sample, median:");
        Console.Write(table);
        return 0;
    }
}

/// <summary>One network written in both ways.</summary>
internal abstract class UnrollingPair
{
    /// <summary>The number of inputs, which is that of outputs.</summary>
    public abstract int Width { get; }

    /// <summary>The multiplications with an addition.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Measures both in turns.</summary>
    public abstract (Timing Unrolled, Timing Looped) Measure();
}

/// <summary>One network written in both ways.</summary>
/// <typeparam name="TUnrolled">With <see cref="StaticNet.Unrolling.Always"/>.</typeparam>
/// <typeparam name="TLooped">With <see cref="StaticNet.Unrolling.Never"/>.</typeparam>
internal sealed class UnrollingPair<TUnrolled, TLooped> : UnrollingPair
    where TUnrolled : class, INetwork<TUnrolled>
    where TLooped : class, INetwork<TLooped>
{
    /// <inheritdoc/>
    public override int Width => TUnrolled.Description.OutputLength;

    /// <inheritdoc/>
    public override long MultiplyAdds => TUnrolled.Description.MultiplyAdds;

    /// <inheritdoc/>
    public override (Timing Unrolled, Timing Looped) Measure()
    {
        var unrolled = Time<TUnrolled>();
        var looped = Time<TLooped>();
        Duel.Run(unrolled, looped);
        return (unrolled.Timing, looped.Timing);
    }

    private LocalContender Time<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> =>
        new(new ForwardLoop<TNetwork>(RandomNetwork.Create<TNetwork>(), new InputSet(1, Width)).Run);
}
