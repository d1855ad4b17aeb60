namespace StaticNet.Benchmarks.Measuring;

/// <summary>What thousands of measured blocks say about one call.</summary>
/// <param name="P50Ns">The median, in nanoseconds.</param>
/// <param name="P99Ns">What 99 of 100 blocks stay below, in nanoseconds.</param>
internal readonly record struct Timing(double P50Ns, double P99Ns)
{
    /// <summary>Summarises measured times.</summary>
    /// <param name="nanoseconds">One time a block; at least one.</param>
    public static Timing Of(IEnumerable<double> nanoseconds)
    {
        var sorted = nanoseconds.Order().ToArray();
        return new Timing(At(0.50), At(0.99));

        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
    }

    /// <summary>The same for one of several samples that a call works on.</summary>
    /// <param name="samples">The number of samples a call.</param>
    public Timing Per(int samples) => new(P50Ns / samples, P99Ns / samples);
}
