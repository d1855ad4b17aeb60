using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The exponential, e^x − 1, and what other functions need of it.</content>
public static partial class FastMath
{
    // e^x = 2^n · e^r with n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ln 2 / 2.
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts (Cody and Waite). The first has 15 significant bits, so that n times it is exact.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;

    // Added to a small number this leaves the nearest integer plus 127 in the lowest bits: the exponent field of 2^n.
    private const float ExponentShift = 12582912f + 127f;

    // Below the first, n is −127 and 2^n comes out as zero; up to the second, n is at most 127.
    private const float ExpLow = -88f;
    private const float ExpHigh = 88f;

    // Up here n is 128 and 2^n comes out as infinity.
    private const float ExpInfinite = 88.5f;

    // e^r = 1 + r + r²·(E2 + E3·r + …), fitted by fit_fastmath.py ("exp"), beyond ln 2 / 2 too (see Exp).
    private const float E2 = 0.5000013f;
    private const float E3 = 0.16666567f;
    private const float E4 = 0.041634925f;
    private const float E5 = 0.00836193f;
    private const float E6 = 0.0015604064f;

    // e^r − 1 = r + r²·(M2 + M3·r + …), fitted by fit_fastmath.py ("expm1").
    private const float M2 = 0.5f;
    private const float M3 = 0.16666687f;
    private const float M4 = 0.04166666f;
    private const float M5 = 0.008328874f;
    private const float M6 = 0.001391486f;
    private const float M7 = 0.0002216453f;

    /// <summary>e^x.</summary>
    /// <remarks>
    /// Error at most 2 ULP up to x = 88, 5 ULP above. Results under about 0.7 · 2⁻¹²⁶ (x below −87.6) are zero;
    /// infinity from x = 88.72284 on, as in exact arithmetic.
    /// </remarks>
    /// <param name="x">Any float.</param>
    /// <returns>e^x, 0 … ∞.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e^x − 1, accurate near zero too: the negative side of ELU and SELU.</summary>
    /// <remarks>Error at most 2 ULP. Unlike the exact function it turns −0 into +0.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>e^x − 1, −1 … ∞.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpM1(float x) => ExpM1(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
