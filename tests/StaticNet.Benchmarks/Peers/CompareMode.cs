using System.Globalization;
using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Compares two files that <see cref="PeersMode"/> has written: the same processor before and after a change, or two processors.</summary>
internal static class CompareMode
{
    /// <summary>Prints the rows that both have, side by side, and names the others.</summary>
    /// <param name="before">The one file.</param>
    /// <param name="after">The other.</param>
    public static int Run(string before, string after)
    {
        if (PeerFile.TryRead(before) is not { } first || PeerFile.TryRead(after) is not { } second)
            return 1;
        var table = new TextTable("network", "mode", "batch", "before", "after", "before / after", "ratio before", "ratio after");
        var shared = first.Join(second, KeyOf, KeyOf, (one, other) => (Before: one, After: other)).ToArray();
        foreach (var (one, other) in shared)
        {
            table.Add(
                one.Network, one.Mode, one.Batch.ToString(CultureInfo.InvariantCulture), TextTable.Time(one.OursP50Ns), TextTable.Time(other.OursP50Ns),
                TextTable.Digits(one.OursP50Ns / other.OursP50Ns), Ratio(one), Ratio(other));
        }

        Console.WriteLine(table);
        if (shared.Length > 0)
            Console.WriteLine($"Geometric mean of before / after: {TextTable.Digits(Math.Exp(shared.Average(pair => Math.Log(pair.Before.OursP50Ns / pair.After.OursP50Ns))))} (above 1: {after} is faster)");
        Name(before, first, second);
        Name(after, second, first);
        return 0;

        static string Ratio(PeerResult result) => result.Ratio is { } ratio ? TextTable.Digits(ratio) : "–";
    }

    private static void Name(string file, PeerResult[] own, PeerResult[] others)
    {
        var alone = own.ExceptBy(others.Select(KeyOf), KeyOf).ToArray();
        if (alone.Length > 0)
            Console.WriteLine($"Only in {file}: {string.Join(", ", alone.Select(result => $"{result.Network} {result.Mode} {result.Batch.ToString(CultureInfo.InvariantCulture)}"))}");
    }

    // A step may have a peer that ran and one whose time was published.
    private static (string Network, string Mode, int Batch, bool IsMeasured) KeyOf(PeerResult result) => (result.Network, result.Mode, result.Batch, result.IsMeasured || result.Peer is null);
}
