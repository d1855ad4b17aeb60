using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The logarithm, and the logarithms of 1 + e^x.</content>
public static partial class FastMath
{
    private const float SmallestNormal = 1.17549435e-38f;
    private const int RootHalfBits = 0x3f3504f3;
    private const int MantissaBits = 0x007fffff;

    // ln(1 + f) = f − f²/2 + f³·(L3 + L4·f + …) for √½ ≤ 1 + f < √2, fitted by fit_fastmath.py ("log1p").
    private const float L3 = 0.3333333f;
    private const float L4 = -0.2500082f;
    private const float L5 = 0.20001242f;
    private const float L6 = -0.16623409f;
    private const float L7 = 0.1420158f;
    private const float L8 = -0.1315961f;
    private const float L9 = 0.12762216f;
    private const float L10 = -0.07636435f;

    // ln(1 + x) / x = 1 + P1·x + … for 0 ≤ x ≤ 1, fitted by fit_fastmath.py ("log1p(x)/x").
    private const float P1 = -0.4999993f;
    private const float P2 = 0.33330464f;
    private const float P3 = -0.2495802f;
    private const float P4 = 0.19692121f;
    private const float P5 = -0.15344977f;
    private const float P6 = 0.10661371f;
    private const float P7 = -0.057460483f;
    private const float P8 = 0.02008846f;
    private const float P9 = -0.0032910742f;

    /// <summary>The natural logarithm.</summary>
    /// <remarks>Error at most 1 ULP, for denormal inputs too. −∞ at ±0, NaN for negative x.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>ln x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x)
    {
        // Denormals are scaled to normal floats first, and the exponent corrected.
        var denormal = Vector128.LessThan(x, Vector128.Create(SmallestNormal));
        var scaled = Vector128.ConditionalSelect(denormal, x * Vector128.Create(8388608f), x);
        var bias = denormal.AsInt32() & Vector128.Create(23);

        // x = m · 2^k with √½ ≤ m < √2.
        var bits = scaled.AsInt32() - Vector128.Create(RootHalfBits);
        var k = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(bits, 23) - bias);
        var m = ((bits & Vector128.Create(MantissaBits)) + Vector128.Create(RootHalfBits)).AsSingle();

        var f = m - Vector128<float>.One;
        var f2 = f * f;
        var f4 = f2 * f2;
        var p34 = Vector128.MultiplyAddEstimate(Vector128.Create(L4), f, Vector128.Create(L3));
        var p56 = Vector128.MultiplyAddEstimate(Vector128.Create(L6), f, Vector128.Create(L5));
        var p78 = Vector128.MultiplyAddEstimate(Vector128.Create(L8), f, Vector128.Create(L7));
        var p90 = Vector128.MultiplyAddEstimate(Vector128.Create(L10), f, Vector128.Create(L9));
        var p36 = Vector128.MultiplyAddEstimate(p56, f2, p34);
        var p70 = Vector128.MultiplyAddEstimate(p90, f2, p78);
        var p = Vector128.MultiplyAddEstimate(p70, f4, p36);

        // ln x = f − f²/2 + f³·p + k·ln 2, the small terms first.
        var tail = Vector128.MultiplyAddEstimate(k, Vector128.Create(Ln2Low), p * (f2 * f));
        tail = Vector128.MultiplyAddEstimate(Vector128.Create(-0.5f), f2, tail);
        var result = Vector128.MultiplyAddEstimate(k, Vector128.Create(Ln2High), tail + f);

        var infinity = Vector128.Create(float.PositiveInfinity);
        result = Vector128.ConditionalSelect(Vector128.Equals(x, infinity), x, result);
        var notPositive = Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<float>.Zero), -infinity, Vector128.Create(float.NaN));
        return Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), result, notPositive);
    }

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

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // Denormals are scaled to normal floats first, and the exponent corrected.
        var denormal = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        var scaled = Vector512.ConditionalSelect(denormal, x * Vector512.Create(8388608f), x);
        var bias = denormal.AsInt32() & Vector512.Create(23);

        // x = m · 2^k with √½ ≤ m < √2.
        var bits = scaled.AsInt32() - Vector512.Create(RootHalfBits);
        var k = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(bits, 23) - bias);
        var m = ((bits & Vector512.Create(MantissaBits)) + Vector512.Create(RootHalfBits)).AsSingle();

        var f = m - Vector512<float>.One;
        var f2 = f * f;
        var f4 = f2 * f2;
        var p34 = Vector512.MultiplyAddEstimate(Vector512.Create(L4), f, Vector512.Create(L3));
        var p56 = Vector512.MultiplyAddEstimate(Vector512.Create(L6), f, Vector512.Create(L5));
        var p78 = Vector512.MultiplyAddEstimate(Vector512.Create(L8), f, Vector512.Create(L7));
        var p90 = Vector512.MultiplyAddEstimate(Vector512.Create(L10), f, Vector512.Create(L9));
        var p36 = Vector512.MultiplyAddEstimate(p56, f2, p34);
        var p70 = Vector512.MultiplyAddEstimate(p90, f2, p78);
        var p = Vector512.MultiplyAddEstimate(p70, f4, p36);

        // ln x = f − f²/2 + f³·p + k·ln 2, the small terms first.
        var tail = Vector512.MultiplyAddEstimate(k, Vector512.Create(Ln2Low), p * (f2 * f));
        tail = Vector512.MultiplyAddEstimate(Vector512.Create(-0.5f), f2, tail);
        var result = Vector512.MultiplyAddEstimate(k, Vector512.Create(Ln2High), tail + f);

        var infinity = Vector512.Create(float.PositiveInfinity);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, infinity), x, result);
        var notPositive = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), -infinity, Vector512.Create(float.NaN));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), result, notPositive);
    }

    /// <summary>ln(1 + e^x), without overflow for any x.</summary>
    /// <remarks>Error at most 4 ULP.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>ln(1 + e^x), 0 … ∞.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector128.MultiplyAddEstimate(e, Log1POverX(e), Vector128.MaxNative(Vector128<float>.Zero, x));
    }

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector256.MultiplyAddEstimate(e, Log1POverX(e), Vector256.MaxNative(Vector256<float>.Zero, x));
    }

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector512.MultiplyAddEstimate(e, Log1POverX(e), Vector512.MaxNative(Vector512<float>.Zero, x));
    }

    /// <summary>ln(1 / (1 + e^−x)), without overflow for any x.</summary>
    /// <remarks>Error at most 4 ULP.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>ln σ(x), −∞ … 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogSigmoid(float x) => LogSigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="LogSigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogSigmoid(Vector128<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector128.MultiplyAddEstimate(-e, Log1POverX(e), Vector128.MinNative(Vector128<float>.Zero, x));
    }

    /// <inheritdoc cref="LogSigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogSigmoid(Vector256<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector256.MultiplyAddEstimate(-e, Log1POverX(e), Vector256.MinNative(Vector256<float>.Zero, x));
    }

    /// <inheritdoc cref="LogSigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LogSigmoid(Vector512<float> x)
    {
        var e = ExpOfMinusMagnitude(x);
        return Vector512.MultiplyAddEstimate(-e, Log1POverX(e), Vector512.MinNative(Vector512<float>.Zero, x));
    }

    // e^−|x|, at most 1: what functions that are symmetric around zero are made of.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpOfMinusMagnitude(Vector128<float> x)
    {
        var y = Vector128.MaxNative(Vector128.Create(ExpLow), x | Vector128.Create(-0f));
        var shifted = ShiftedExponent(y);
        return ReducedExp(y, shifted) * PowerOfTwo(shifted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfMinusMagnitude(Vector256<float> x)
    {
        var y = Vector256.MaxNative(Vector256.Create(ExpLow), x | Vector256.Create(-0f));
        var shifted = ShiftedExponent(y);
        return ReducedExp(y, shifted) * PowerOfTwo(shifted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpOfMinusMagnitude(Vector512<float> x)
    {
        var y = Vector512.MaxNative(Vector512.Create(ExpLow), x | Vector512.Create(-0f));
        var shifted = ShiftedExponent(y);
        return ReducedExp(y, shifted) * PowerOfTwo(shifted);
    }

    // ln(1 + x) / x for 0 ≤ x ≤ 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Log1POverX(Vector128<float> x)
    {
        var x2 = x * x;
        var x4 = x2 * x2;
        var p01 = Vector128.MultiplyAddEstimate(Vector128.Create(P1), x, Vector128<float>.One);
        var p23 = Vector128.MultiplyAddEstimate(Vector128.Create(P3), x, Vector128.Create(P2));
        var p45 = Vector128.MultiplyAddEstimate(Vector128.Create(P5), x, Vector128.Create(P4));
        var p67 = Vector128.MultiplyAddEstimate(Vector128.Create(P7), x, Vector128.Create(P6));
        var p89 = Vector128.MultiplyAddEstimate(Vector128.Create(P9), x, Vector128.Create(P8));
        var p03 = Vector128.MultiplyAddEstimate(p23, x2, p01);
        var p47 = Vector128.MultiplyAddEstimate(p67, x2, p45);
        var p49 = Vector128.MultiplyAddEstimate(p89, x4, p47);
        return Vector128.MultiplyAddEstimate(p49, x4, p03);
    }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log1POverX(Vector512<float> x)
    {
        var x2 = x * x;
        var x4 = x2 * x2;
        var p01 = Vector512.MultiplyAddEstimate(Vector512.Create(P1), x, Vector512<float>.One);
        var p23 = Vector512.MultiplyAddEstimate(Vector512.Create(P3), x, Vector512.Create(P2));
        var p45 = Vector512.MultiplyAddEstimate(Vector512.Create(P5), x, Vector512.Create(P4));
        var p67 = Vector512.MultiplyAddEstimate(Vector512.Create(P7), x, Vector512.Create(P6));
        var p89 = Vector512.MultiplyAddEstimate(Vector512.Create(P9), x, Vector512.Create(P8));
        var p03 = Vector512.MultiplyAddEstimate(p23, x2, p01);
        var p47 = Vector512.MultiplyAddEstimate(p67, x2, p45);
        var p49 = Vector512.MultiplyAddEstimate(p89, x4, p47);
        return Vector512.MultiplyAddEstimate(p49, x4, p03);
    }
}
