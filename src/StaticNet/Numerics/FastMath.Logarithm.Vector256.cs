using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The logarithm, and the logarithms of 1 + e^x.</content>
public static partial class FastMath
{
    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        // Denormals are scaled to normal floats first, and the exponent corrected.
        var denormal = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var scaled = Vector256.ConditionalSelect(denormal, x * Vector256.Create(8388608f), x);
        var bias = denormal.AsInt32() & Vector256.Create(23);

        // x = m · 2^k with √½ ≤ m < √2.
        var bits = scaled.AsInt32() - Vector256.Create(RootHalfBits);
        var k = Vector256.ConvertToSingle(Vector256.ShiftRightArithmetic(bits, 23) - bias);
        var m = ((bits & Vector256.Create(MantissaBits)) + Vector256.Create(RootHalfBits)).AsSingle();

        var f = m - Vector256<float>.One;
        var f2 = f * f;
        var f4 = f2 * f2;
        var p34 = Vector256.MultiplyAddEstimate(Vector256.Create(L4), f, Vector256.Create(L3));
        var p56 = Vector256.MultiplyAddEstimate(Vector256.Create(L6), f, Vector256.Create(L5));
        var p78 = Vector256.MultiplyAddEstimate(Vector256.Create(L8), f, Vector256.Create(L7));
        var p90 = Vector256.MultiplyAddEstimate(Vector256.Create(L10), f, Vector256.Create(L9));
        var p36 = Vector256.MultiplyAddEstimate(p56, f2, p34);
        var p70 = Vector256.MultiplyAddEstimate(p90, f2, p78);
        var p = Vector256.MultiplyAddEstimate(p70, f4, p36);

        // ln x = f − f²/2 + f³·p + k·ln 2, the small terms first.
        var tail = Vector256.MultiplyAddEstimate(k, Vector256.Create(Ln2Low), p * (f2 * f));
        tail = Vector256.MultiplyAddEstimate(Vector256.Create(-0.5f), f2, tail);
        var result = Vector256.MultiplyAddEstimate(k, Vector256.Create(Ln2High), tail + f);

        var infinity = Vector256.Create(float.PositiveInfinity);
        result = Vector256.ConditionalSelect(Vector256.Equals(x, infinity), x, result);
        var notPositive = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), -infinity, Vector256.Create(float.NaN));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), result, notPositive);
    }

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector256.MultiplyAddEstimate(e, Log1POverX(e), Vector256.MaxNative(Vector256<float>.Zero, x));
    }

    /// <inheritdoc cref="LogSigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogSigmoid(Vector256<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector256.MultiplyAddEstimate(-e, Log1POverX(e), Vector256.MinNative(Vector256<float>.Zero, x));
    }

    // e^−|x|, at most 1: what functions that are symmetric around zero are made of.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfMinusMagnitude(Vector256<float> x)
    {
        var y = Vector256.MaxNative(Vector256.Create(ExpLow), x | Vector256.Create(-0f));
        var shifted = ShiftedExponent(y);
        return ReducedExp(y, shifted) * PowerOfTwo(shifted);
    }

    // ln(1 + x) / x for 0 ≤ x ≤ 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Log1POverX(Vector256<float> x)
    {
        var x2 = x * x;
        var x4 = x2 * x2;
        var p01 = Vector256.MultiplyAddEstimate(Vector256.Create(P1), x, Vector256<float>.One);
        var p23 = Vector256.MultiplyAddEstimate(Vector256.Create(P3), x, Vector256.Create(P2));
        var p45 = Vector256.MultiplyAddEstimate(Vector256.Create(P5), x, Vector256.Create(P4));
        var p67 = Vector256.MultiplyAddEstimate(Vector256.Create(P7), x, Vector256.Create(P6));
        var p89 = Vector256.MultiplyAddEstimate(Vector256.Create(P9), x, Vector256.Create(P8));
        var p03 = Vector256.MultiplyAddEstimate(p23, x2, p01);
        var p47 = Vector256.MultiplyAddEstimate(p67, x2, p45);
        var p49 = Vector256.MultiplyAddEstimate(p89, x4, p47);
        return Vector256.MultiplyAddEstimate(p49, x4, p03);
    }
}
