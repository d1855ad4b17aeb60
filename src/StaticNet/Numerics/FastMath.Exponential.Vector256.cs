using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The exponential, e^x − 1, and what other functions need of it.</content>
public static partial class FastMath
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // 2^128 is not a float: from 88.4 on n stays 127 and r grows to ln 2 instead, then the product overflows by itself.
        x = Vector256.MaxNative(Vector256.Create(ExpLow), x);
        var shifted = ShiftedExponent(Vector256.MinNative(Vector256.Create(ExpHigh), x));
        return ReducedExp(x, shifted) * PowerOfTwo(shifted);
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

    // round(x / ln 2) as PowerOfTwo and Reduce want it, for x from ExpLow to ExpInfinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ShiftedExponent(Vector256<float> x)
    {
        return Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(ExponentShift));
    }

    // 2^n: the lowest bits become the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<float> shifted)
    {
        return Vector256.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
    }

    // r = x − n·ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reduce(Vector256<float> x, Vector256<float> shifted)
    {
        var n = shifted - Vector256.Create(ExponentShift);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        return Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
    }

    // e^r, in the order that makes the shortest chain (Estrin).
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
}
