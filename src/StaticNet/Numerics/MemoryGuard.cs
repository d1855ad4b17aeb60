using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace StaticNet.Numerics;

/// <summary>
/// Checks once, at the start of a call, that all it is going to touch lies in the spans it was given, so that its loops need not.
/// </summary>
/// <remarks>
/// Lengths are computed in double precision: products of a few integers may be beyond 64 bits, and what is no longer exact is
/// far beyond the length of any span.
/// </remarks>
internal static class MemoryGuard
{
    /// <summary>Refuses a span that is shorter than what is touched.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="length">Its length.</param>
    /// <param name="touched">The floats that are touched, from its start to the last one.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(string name, int length, double touched)
    {
        if (!(touched <= length))
            ThrowShort(name, length, touched);
    }

    /// <summary>Refuses what is not true of lengths, strides and counts.</summary>
    /// <param name="isMet">Whether it is as it must be.</param>
    /// <param name="expected">What is expected.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(bool isMet, string expected)
    {
        if (!isMet)
            ThrowUnmet(expected);
    }

    /// <summary>The end of the last of some rows: where there is none, 0.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="stride">The floats from row to row.</param>
    /// <param name="width">The floats of a row.</param>
    public static double Reach(int rows, int stride, double width) => rows == 0 || width == 0 ? 0 : ((rows - 1.0) * stride) + width;

    [DoesNotReturn]
    private static void ThrowShort(string name, int length, double touched) =>
        throw new ArgumentException($"{name} has {length} floats; the sizes and strides of the call need {touched:F0}.", name);

    [DoesNotReturn]
    private static void ThrowUnmet(string expected) => throw new ArgumentOutOfRangeException(null, $"Expected {expected}.");
}
