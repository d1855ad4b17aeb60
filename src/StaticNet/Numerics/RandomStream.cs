using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Numerics;

/// <summary>
/// A stream of pseudo-random numbers that depends on its seed alone: the same bits on every machine and every version of
/// .NET. Not for cryptography.
/// </summary>
/// <remarks>
/// <para>
/// xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021), its state filled by
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). Period 2²⁵⁶ − 1.
/// </para>
/// <para>A mutable value: a copy goes its own way from there. Construct it with a seed; a default value yields only zeros.</para>
/// </remarks>
public struct RandomStream
{
    private const long RootHalfBits = 0x3FE6A09E667F3BCD;
    private const double Ln2 = 0.69314718055994530942;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">
    /// Which of the independent streams of this seed. Stream 0 is the generator as its authors seed it.
    /// </param>
    public RandomStream(ulong seed, ulong stream = 0)
    {
        // Each word gets its own hash of the stream number, which is zero for stream 0.
        unchecked
        {
            _s0 = SplitMix64.Mix(seed + SplitMix64.Increment) ^ SplitMix64.Mix(stream * 0xD1342543DE82EF95);
            _s1 = SplitMix64.Mix(seed + (2 * SplitMix64.Increment)) ^ SplitMix64.Mix(stream * 0xAF251AF3B0F025B5);
            _s2 = SplitMix64.Mix(seed + (3 * SplitMix64.Increment)) ^ SplitMix64.Mix(stream * 0x9FB21C651E98DF25);
            _s3 = SplitMix64.Mix(seed + (4 * SplitMix64.Increment)) ^ SplitMix64.Mix(stream * 0xF1357AEA2E62A9C5);
        }
    }

    /// <summary>Goes on where another stream was.</summary>
    /// <param name="state">What <see cref="State"/> gave.</param>
    /// <exception cref="ArgumentException">All four words are zero, which no stream ever reaches.</exception>
    public RandomStream(RandomState state)
    {
        if (state == default)
            throw new ArgumentException("The state of a random stream has at least one word that is not zero; all four are.", nameof(state));
        (_s0, _s1, _s2, _s3) = state;
    }

    /// <summary>The state, from which a new stream continues with the same numbers.</summary>
    public readonly RandomState State => new(_s0, _s1, _s2, _s3);

    /// <summary>64 random bits.</summary>
    /// <returns>A number from the whole range, each equally likely.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform float.</summary>
    /// <returns>A multiple of 2⁻²⁴ in [0, 1).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A uniform double.</summary>
    /// <returns>A multiple of 2⁻⁵³ in [0, 1).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>A uniform integer without bias (Lemire, "Fast Random Integer Generation in an Interval", 2019).</summary>
    /// <param name="exclusiveMax">The number of values, 1 or more.</param>
    /// <returns>0 … <paramref name="exclusiveMax"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is not positive.</exception>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        var range = (ulong)exclusiveMax;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            var rejected = (1UL << 32) % range;
            while ((uint)product < rejected)
                product = (NextUInt64() >> 32) * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>A normal number with mean 0 and variance 1 (Marsaglia's polar method).</summary>
    /// <remarks>
    /// Uses only operations that IEEE 754 rounds exactly, so that no mathematical library can change the bits. The second
    /// number of each pair is dropped: the state stays four words.
    /// </remarks>
    /// <returns>Any finite number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double NextNormal()
    {
        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var square = (u * u) + (v * v);
            if (square is > 0 and < 1)
                return u * Math.Sqrt(-2 * Log(square) / square);
        }
    }

    /// <summary>Puts the items into random order, each order equally likely (Fisher and Yates).</summary>
    /// <typeparam name="T">Any type.</typeparam>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    // ln x for a normal x: x = m · 2^k with √½ ≤ m < √2, ln m = 2·artanh((m − 1)/(m + 1)), whose series ends below 2^-53 here.
    private static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x) - RootHalfBits;
        var k = bits >> 52;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) + RootHalfBits);
        var s = (m - 1) / (m + 1);
        var s2 = s * s;
        var sum = 0.0;
        for (var power = 21; power >= 1; power -= 2)
            sum = (sum * s2) + (1.0 / power);
        return (k * Ln2) + (2 * s * sum);
    }
}
