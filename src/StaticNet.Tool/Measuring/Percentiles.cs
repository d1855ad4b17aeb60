namespace StaticNet.Tool.Measuring;

/// <summary>What sorted times say.</summary>
internal static class Percentiles
{
    /// <summary>The share of calls that take no longer, for the columns of a table.</summary>
    public static readonly double[] Shares = [0.5, 0.9, 0.99, 0.999, 0.9999];

    /// <summary>The time that a share of the calls does not exceed; null if there are too few calls to know.</summary>
    public static double? Of(double[] sorted, double share) =>
        sorted.Length * (1 - share) < 1 - 1e-9 ? null : sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)];

    /// <summary>Counts times between bounds that grow by the same factor, from the shortest up to what all but one in a thousand take; the longer ones are in the last bin.</summary>
    /// <param name="sorted">The times, the shortest first.</param>
    /// <param name="bins">The number of bins, 2 or more.</param>
    /// <returns>The upper bound of each bin, and the number of times in it.</returns>
    public static (double Bound, int Count)[] Histogram(double[] sorted, int bins)
    {
        var (low, high) = (Math.Max(sorted[0], 1e-3), Math.Max(sorted[(int)((sorted.Length - 1) * 0.999)], 1e-3));
        var factor = Math.Pow(high / low, 1d / (bins - 1));
        var counts = new (double Bound, int Count)[bins];
        var from = 0;
        for (var bin = 0; bin < bins; bin++)
        {
            var bound = bin == bins - 1 ? sorted[^1] : low * Math.Pow(factor, bin + 0.5);
            var to = from;
            while (to < sorted.Length && sorted[to] <= bound)
                to++;
            (counts[bin], from) = ((bound, to - from), to);
        }

        return counts;
    }
}
