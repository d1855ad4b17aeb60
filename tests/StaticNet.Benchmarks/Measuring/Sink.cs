using System.Runtime.CompilerServices;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>Where computed values go, so that no compiler may leave their computation out.</summary>
internal static class Sink
{
    private static double _total;

    /// <summary>Consumes a value.</summary>
    /// <param name="value">What a block of calls has computed.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Consume(double value) => Volatile.Write(ref _total, _total + value);
}
