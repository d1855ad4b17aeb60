using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>Sine and cosine.</content>
public static partial class FastMath
{
    // n = round(x · 2/π), r = x − n·π/2, |r| ≤ π/4, in double with π/2 in two parts, so that r is right to a float's last bit.
    private const double TwoOverPi = 0.63661977236758134;
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;

    // Added to a number below 2^51 this leaves the nearest integer in the lowest bits.
    private const double IntegerShift = 6755399441055744.0;

    // 2^40: up to here x · 2/π is right to 2^-13, so that r stays within reach of the polynomials. Beyond it floats are 2^17 and more
    // apart, and each is computed by itself.
    private const float TrigonometricLimit = 1.0995116e12f;

    // sin r = r + r³·(S3 + S5·r² + …), cos r = 1 − r²/2 + r⁴·(C4 + C6·r² + …), fitted by fit_fastmath.py ("sin", "cos").
    private const float S3 = -0.16666655f;
    private const float S5 = 0.008332189f;
    private const float S7 = -0.00019518286f;
    private const float C4 = 0.041666646f;
    private const float C6 = -0.001388731f;
    private const float C8 = 2.4432327e-05f;

    /// <summary>The sine.</summary>
    /// <remarks>
    /// Error at most 2 ULP. Beyond 2⁴⁰ each number is a call of <see cref="MathF.Sin"/>, which is slow. NaN at the infinities.
    /// </remarks>
    /// <param name="x">Any float, in radians.</param>
    /// <returns>sin x, −1 … 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>The cosine.</summary>
    /// <remarks>
    /// Error at most 2 ULP. Beyond 2⁴⁰ each number is a call of <see cref="MathF.Cos"/>, which is slow. NaN at the infinities.
    /// </remarks>
    /// <param name="x">Any float, in radians.</param>
    /// <returns>cos x, −1 … 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos(Vector128.CreateScalar(x)).ToScalar();
}
