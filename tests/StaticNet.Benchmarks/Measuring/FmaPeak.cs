using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>
/// The most multiply-adds that one core does: 12 sums that do not wait for each other. An FMA takes 4 cycles and two start in
/// each, so that 8 sums would just do.
/// </summary>
internal static class FmaPeak
{
    private const int Sums = 12;
    private const int Repetitions = 4000;

    /// <summary>The peak with 256-bit vectors, in GFLOP/s; a multiply-add counts two.</summary>
    public static double Measure256() => Gflops(Run256, Vector256<float>.Count);

    /// <summary>The peak with 512-bit vectors, in GFLOP/s, or null on a machine without them.</summary>
    public static double? Measure512() => Vector512.IsHardwareAccelerated ? Gflops(Run512, Vector512<float>.Count) : null;

    private static double Gflops(Action run, int lanes) => 2.0 * Sums * Repetitions * lanes / Shortest.Nanoseconds(run);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run256()
    {
        var factor = Vector256.Create(0.999f);
        var term = Vector256.Create(0.001f);
        var (a, b, c, d, e, f) = (term, term, term, term, term, term);
        var (g, h, i, j, k, l) = (term, term, term, term, term, term);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            a = Vector256.MultiplyAddEstimate(a, factor, term);
            b = Vector256.MultiplyAddEstimate(b, factor, term);
            c = Vector256.MultiplyAddEstimate(c, factor, term);
            d = Vector256.MultiplyAddEstimate(d, factor, term);
            e = Vector256.MultiplyAddEstimate(e, factor, term);
            f = Vector256.MultiplyAddEstimate(f, factor, term);
            g = Vector256.MultiplyAddEstimate(g, factor, term);
            h = Vector256.MultiplyAddEstimate(h, factor, term);
            i = Vector256.MultiplyAddEstimate(i, factor, term);
            j = Vector256.MultiplyAddEstimate(j, factor, term);
            k = Vector256.MultiplyAddEstimate(k, factor, term);
            l = Vector256.MultiplyAddEstimate(l, factor, term);
        }

        Sink.Consume(Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run512()
    {
        var factor = Vector512.Create(0.999f);
        var term = Vector512.Create(0.001f);
        var (a, b, c, d, e, f) = (term, term, term, term, term, term);
        var (g, h, i, j, k, l) = (term, term, term, term, term, term);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            a = Vector512.MultiplyAddEstimate(a, factor, term);
            b = Vector512.MultiplyAddEstimate(b, factor, term);
            c = Vector512.MultiplyAddEstimate(c, factor, term);
            d = Vector512.MultiplyAddEstimate(d, factor, term);
            e = Vector512.MultiplyAddEstimate(e, factor, term);
            f = Vector512.MultiplyAddEstimate(f, factor, term);
            g = Vector512.MultiplyAddEstimate(g, factor, term);
            h = Vector512.MultiplyAddEstimate(h, factor, term);
            i = Vector512.MultiplyAddEstimate(i, factor, term);
            j = Vector512.MultiplyAddEstimate(j, factor, term);
            k = Vector512.MultiplyAddEstimate(k, factor, term);
            l = Vector512.MultiplyAddEstimate(l, factor, term);
        }

        Sink.Consume(Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
    }
}
