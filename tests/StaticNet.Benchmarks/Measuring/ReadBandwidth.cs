using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>How fast one core reads memory that lies in a cache, front to back.</summary>
internal static class ReadBandwidth
{
    private const int LoadsPerRound = 8;
    private const long BytesPerRun = 4 << 20;

    /// <summary>Reads a buffer of the given size again and again.</summary>
    /// <param name="bytes">The size, a multiple of 512.</param>
    /// <returns>The bandwidth in GB/s.</returns>
    public static double Measure(int bytes)
    {
        var buffer = new AlignedBuffer(bytes / sizeof(float));
        var passes = (int)Math.Max(1, BytesPerRun / bytes);
        return (double)bytes * passes / Shortest.Nanoseconds(Vector512.IsHardwareAccelerated
            ? () => Read512(buffer, passes)
            : () => Read256(buffer, passes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read256(AlignedBuffer buffer, int passes)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (e, f, g, h) = (a, b, c, d);
        for (var pass = 0; pass < passes; pass++)
        {
            ref var at = ref buffer.Reference;
            ref var end = ref Unsafe.Add(ref at, buffer.Length);
            while (Unsafe.IsAddressLessThan(ref at, ref end))
            {
                a ^= Vector256.LoadUnsafe(ref at, 0);
                b ^= Vector256.LoadUnsafe(ref at, 8);
                c ^= Vector256.LoadUnsafe(ref at, 16);
                d ^= Vector256.LoadUnsafe(ref at, 24);
                e ^= Vector256.LoadUnsafe(ref at, 32);
                f ^= Vector256.LoadUnsafe(ref at, 40);
                g ^= Vector256.LoadUnsafe(ref at, 48);
                h ^= Vector256.LoadUnsafe(ref at, 56);
                at = ref Unsafe.Add(ref at, LoadsPerRound * Vector256<float>.Count);
            }
        }

        Sink.Consume(Vector256.Sum(a + b + c + d + e + f + g + h));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read512(AlignedBuffer buffer, int passes)
    {
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (e, f, g, h) = (a, b, c, d);
        for (var pass = 0; pass < passes; pass++)
        {
            ref var at = ref buffer.Reference;
            ref var end = ref Unsafe.Add(ref at, buffer.Length);
            while (Unsafe.IsAddressLessThan(ref at, ref end))
            {
                a ^= Vector512.LoadUnsafe(ref at, 0);
                b ^= Vector512.LoadUnsafe(ref at, 16);
                c ^= Vector512.LoadUnsafe(ref at, 32);
                d ^= Vector512.LoadUnsafe(ref at, 48);
                e ^= Vector512.LoadUnsafe(ref at, 64);
                f ^= Vector512.LoadUnsafe(ref at, 80);
                g ^= Vector512.LoadUnsafe(ref at, 96);
                h ^= Vector512.LoadUnsafe(ref at, 112);
                at = ref Unsafe.Add(ref at, LoadsPerRound * Vector512<float>.Count);
            }
        }

        Sink.Consume(Vector512.Sum(a + b + c + d + e + f + g + h));
    }
}
