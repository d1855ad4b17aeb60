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

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        // 2^128 is not a float: from 88.4 on n stays 127 and r grows to ln 2 instead, then the product overflows by itself.
        x = Vector128.MaxNative(Vector128.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector128.MinNative(Vector128.Create(ExpHigh), x));
        return ReducedExp(x, shifted) * PowerOfTwo(shifted);
    }

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // 2^128 is not a float: from 88.4 on n stays 127 and r grows to ln 2 instead, then the product overflows by itself.
        x = Vector256.MaxNative(Vector256.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector256.MinNative(Vector256.Create(ExpHigh), x));
        return ReducedExp(x, shifted) * PowerOfTwo(shifted);
    }

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // 2^128 is not a float: from 88.4 on n stays 127 and r grows to ln 2 instead, then the product overflows by itself.
        x = Vector512.MaxNative(Vector512.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector512.MinNative(Vector512.Create(ExpHigh), x));
        return ReducedExp(x, shifted) * PowerOfTwo(shifted);
    }

    /// <summary>e^x − 1, accurate near zero too: the negative side of ELU and SELU.</summary>
    /// <remarks>Error at most 2 ULP. Unlike the exact function it turns −0 into +0.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>e^x − 1, −1 … ∞.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpM1(float x) => ExpM1(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpM1(Vector128<float> x)
    {
        x = Vector128.MaxNative(Vector128.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector128.MinNative(Vector128.Create(ExpHigh), x));
        var r = Reduce(x, shifted);
        var r2 = r * r;
        var p23 = Vector128.MultiplyAddEstimate(Vector128.Create(M3), r, Vector128.Create(M2));
        var p45 = Vector128.MultiplyAddEstimate(Vector128.Create(M5), r, Vector128.Create(M4));
        var p67 = Vector128.MultiplyAddEstimate(Vector128.Create(M7), r, Vector128.Create(M6));
        var p47 = Vector128.MultiplyAddEstimate(p67, r2, p45);
        var p = Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(p47, r2, p23), r2, r);
        var power = PowerOfTwo(shifted);
        return Vector128.MultiplyAddEstimate(power, p, power - Vector128<float>.One);
    }

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpM1(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector256.MinNative(Vector256.Create(ExpHigh), x));
        var r = Reduce(x, shifted);
        var r2 = r * r;
        var p23 = Vector256.MultiplyAddEstimate(Vector256.Create(M3), r, Vector256.Create(M2));
        var p45 = Vector256.MultiplyAddEstimate(Vector256.Create(M5), r, Vector256.Create(M4));
        var p67 = Vector256.MultiplyAddEstimate(Vector256.Create(M7), r, Vector256.Create(M6));
        var p47 = Vector256.MultiplyAddEstimate(p67, r2, p45);
        var p = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(p47, r2, p23), r2, r);
        var power = PowerOfTwo(shifted);
        return Vector256.MultiplyAddEstimate(power, p, power - Vector256<float>.One);
    }

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector512.MinNative(Vector512.Create(ExpHigh), x));
        var r = Reduce(x, shifted);
        var r2 = r * r;
        var p23 = Vector512.MultiplyAddEstimate(Vector512.Create(M3), r, Vector512.Create(M2));
        var p45 = Vector512.MultiplyAddEstimate(Vector512.Create(M5), r, Vector512.Create(M4));
        var p67 = Vector512.MultiplyAddEstimate(Vector512.Create(M7), r, Vector512.Create(M6));
        var p47 = Vector512.MultiplyAddEstimate(p67, r2, p45);
        var p = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(p47, r2, p23), r2, r);
        var power = PowerOfTwo(shifted);
        return Vector512.MultiplyAddEstimate(power, p, power - Vector512<float>.One);
    }

    // round(x / ln 2) as PowerOfTwo and Reduce want it, for x from ExpLow to ExpInfinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ShiftedExponent(Vector128<float> x)
    {
        return Vector128.MultiplyAddEstimate(x, Vector128.Create(Log2E), Vector128.Create(ExponentShift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ShiftedExponent(Vector256<float> x)
    {
        return Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(ExponentShift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ShiftedExponent(Vector512<float> x)
    {
        return Vector512.MultiplyAddEstimate(x, Vector512.Create(Log2E), Vector512.Create(ExponentShift));
    }

    // 2^n: the lowest bits become the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<float> shifted)
    {
        return Vector128.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<float> shifted)
    {
        return Vector256.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> shifted)
    {
        return Vector512.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
    }

    // r = x − n·ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Reduce(Vector128<float> x, Vector128<float> shifted)
    {
        var n = shifted - Vector128.Create(ExponentShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), x);
        return Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reduce(Vector256<float> x, Vector256<float> shifted)
    {
        var n = shifted - Vector256.Create(ExponentShift);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        return Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reduce(Vector512<float> x, Vector512<float> shifted)
    {
        var n = shifted - Vector512.Create(ExponentShift);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), x);
        return Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
    }

    // e^r, in the order that makes the shortest chain (Estrin).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ReducedExp(Vector128<float> x, Vector128<float> shifted)
    {
        var r = Reduce(x, shifted);
        var r2 = Vector128.MultiplyAddEstimate(r, r, Vector128.Create(Quiet));
        var p01 = r + Vector128<float>.One;
        var p23 = Vector128.MultiplyAddEstimate(Vector128.Create(E3), r, Vector128.Create(E2));
        var p45 = Vector128.MultiplyAddEstimate(Vector128.Create(E5), r, Vector128.Create(E4));
        var p03 = Vector128.MultiplyAddEstimate(p23, r2, p01);
        var p46 = Vector128.MultiplyAddEstimate(Vector128.Create(E6), r2, p45);
        return Vector128.MultiplyAddEstimate(p46, r2 * r2, p03);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ReducedExp(Vector256<float> x, Vector256<float> shifted)
    {
        var r = Reduce(x, shifted);
        var r2 = Vector256.MultiplyAddEstimate(r, r, Vector256.Create(Quiet));
        var p01 = r + Vector256<float>.One;
        var p23 = Vector256.MultiplyAddEstimate(Vector256.Create(E3), r, Vector256.Create(E2));
        var p45 = Vector256.MultiplyAddEstimate(Vector256.Create(E5), r, Vector256.Create(E4));
        var p03 = Vector256.MultiplyAddEstimate(p23, r2, p01);
        var p46 = Vector256.MultiplyAddEstimate(Vector256.Create(E6), r2, p45);
        return Vector256.MultiplyAddEstimate(p46, r2 * r2, p03);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReducedExp(Vector512<float> x, Vector512<float> shifted)
    {
        var r = Reduce(x, shifted);
        var r2 = Vector512.MultiplyAddEstimate(r, r, Vector512.Create(Quiet));
        var p01 = r + Vector512<float>.One;
        var p23 = Vector512.MultiplyAddEstimate(Vector512.Create(E3), r, Vector512.Create(E2));
        var p45 = Vector512.MultiplyAddEstimate(Vector512.Create(E5), r, Vector512.Create(E4));
        var p03 = Vector512.MultiplyAddEstimate(p23, r2, p01);
        var p46 = Vector512.MultiplyAddEstimate(Vector512.Create(E6), r2, p45);
        return Vector512.MultiplyAddEstimate(p46, r2 * r2, p03);
    }
}
