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
        new UnrollingPair<Unrolled4, Looped4>(),
        new UnrollingPair<Unrolled8, Looped8>(),
        new UnrollingPair<Unrolled12, Looped12>(),
        new UnrollingPair<Unrolled16, Looped16>(),
        new UnrollingPair<Unrolled24, Looped24>(),
        new UnrollingPair<Unrolled32, Looped32>(),
        new UnrollingPair<Unrolled48, Looped48>(),
        new UnrollingPair<Unrolled64, Looped64>(),
        new UnrollingPair<Unrolled96, Looped96>(),
        new UnrollingPair<Unrolled128, Looped128>(),
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

    private static LocalContender Time<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> =>
        new(new ForwardLoop<TNetwork>(RandomNetwork.Create<TNetwork>(), new InputSet(1, TNetwork.Description.InputLength)).Run);
}
