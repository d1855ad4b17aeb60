using System.Globalization;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>What one core of this machine can do at best, measured.</summary>
/// <param name="Fma256">Multiply-adds in 256-bit vectors, GFLOP/s.</param>
/// <param name="Fma512">Multiply-adds in 512-bit vectors, GFLOP/s; null without them.</param>
/// <param name="Caches">The sizes of its caches.</param>
/// <param name="L1">Read bandwidth of the first level, GB/s.</param>
/// <param name="L2">Read bandwidth of the second level, GB/s.</param>
/// <param name="L3">Read bandwidth of the third level, GB/s.</param>
internal sealed record MachineLimits(double Fma256, double? Fma512, CacheSizes Caches, double L1, double L2, double L3)
{
    /// <summary>The FMA peak with the widest vectors, GFLOP/s.</summary>
    public double Fma => Math.Max(Fma256, Fma512 ?? 0);

    /// <summary>Measures them, in about two seconds.</summary>
    public static MachineLimits Measure()
    {
        var caches = CacheSizes.Find();
        // Well below each size, for something else is always in a cache, and the third is shared by all cores.
        return new MachineLimits(
            FmaPeak.Measure256(),
            FmaPeak.Measure512(),
            caches,
            ReadBandwidth.Measure(caches.L1 / 4),
            ReadBandwidth.Measure(caches.L2 / 2),
            ReadBandwidth.Measure(Math.Min(caches.L2 * 4, caches.L3 / 2)));
    }

    /// <summary>The least time that a piece of work can take here, and what sets it.</summary>
    /// <param name="work">The work.</param>
    public (double Nanoseconds, string Name) Bound(Work work)
    {
        var (bandwidth, level) = work.Bytes <= Caches.L1 ? (L1, "L1") : work.Bytes <= Caches.L2 ? (L2, "L2") : (L3, "L3");
        var compute = work.Flops / Fma;
        var reading = work.Bytes / bandwidth;
        return compute >= reading ? (compute, "FMA") : (reading, level);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var wide = Fma512 is { } gflops ? string.Create(CultureInfo.InvariantCulture, $"{gflops:F0}") : "none";
        return string.Create(CultureInfo.InvariantCulture, $"""
            FMA peak, GFLOP/s: {Fma256:F0} with 256-bit vectors, {wide} with 512-bit vectors
            Read bandwidth, GB/s: L1 {L1:F0}, L2 {L2:F0}, L3 {L3:F0}
            """);
    }
}

/// <summary>A piece of work as its limits see it.</summary>
/// <param name="Flops">Its floating-point operations; a multiply-add counts two.</param>
/// <param name="Bytes">The different bytes that it has to read, each counted once.</param>
internal readonly record struct Work(double Flops, double Bytes);
