using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The Gaussian error linear unit, exact and by tanh, with their derivatives.</content>
public static partial class FastMath
{
    private const float RootHalf = 0.707106781f;
    private const float InverseRootTwoPi = 0.398942280f;

    // Beyond it erf(x/√2) is ±1, and x need not be followed towards −∞.
    private const float GeluLimit = 6f;

    // Its half square is 88: the density comes out as zero.
    private const float GeluDensityLimit = 13.266f;

    // u = GeluLinear·x + GeluCubic·x³ is 2·√(2/π)·(x + 0.044715·x³), the argument of the sigmoid that the tanh amounts to.
    private const float GeluLinear = 1.59576912f;
    private const float GeluCubic = 0.0713548163f;

    // Where e^−u comes out as infinity, where u is just under 88, and where it is just above.
    private const float GeluTanhInfinite = -10.06f;
    private const float GeluTanhHigh = 10f;
    private const float GeluTanhZero = 10.03f;

    /// <summary>The Gaussian error linear unit, x·Φ(x) with the exact normal distribution Φ(x) = (1 + erf(x/√2)) / 2.</summary>
    /// <remarks>Error at most 3 · 2⁻²⁴ · |x|, which is the error of Φ; zero for large negative x.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>x·Φ(x).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Gelu(float x) => Gelu(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gelu(Vector128<float> x)
    {
        var erf = Erf(x * Vector128.Create(RootHalf));
        var half = Vector128.MaxNative(Vector128.Create(-GeluLimit), x) * Vector128.Create(0.5f);
        return Vector128.MultiplyAddEstimate(half, erf, half);
    }

    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x)
    {
        var erf = Erf(x * Vector256.Create(RootHalf));
        var half = Vector256.MaxNative(Vector256.Create(-GeluLimit), x) * Vector256.Create(0.5f);
        return Vector256.MultiplyAddEstimate(half, erf, half);
    }

    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x)
    {
        var erf = Erf(x * Vector512.Create(RootHalf));
        var half = Vector512.MaxNative(Vector512.Create(-GeluLimit), x) * Vector512.Create(0.5f);
        return Vector512.MultiplyAddEstimate(half, erf, half);
    }

    /// <summary>The derivative of <see cref="Gelu(float)"/>: Φ(x) + x·φ(x), φ being the normal density.</summary>
    /// <remarks>Absolute error at most 4 · 2⁻²⁴; the result lies between −0.13 and 1.13.</remarks>
    /// <param name="x">The input of the activation, any float.</param>
    /// <returns>d(x·Φ(x)) / dx.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluDerivative(float x) => GeluDerivative(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="GeluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluDerivative(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(GeluDensityLimit), Vector128.MaxNative(Vector128.Create(-GeluDensityLimit), x));
        var half = Vector128.Create(0.5f);
        var distribution = Vector128.MultiplyAddEstimate(half, Erf(x * Vector128.Create(RootHalf)), half);
        var exponent = x * x * Vector128.Create(-0.5f);
        var shifted = ShiftedExponent(exponent);
        var density = ReducedExp(exponent, shifted) * PowerOfTwo(shifted);
        return Vector128.MultiplyAddEstimate(x * Vector128.Create(InverseRootTwoPi), density, distribution);
    }

    /// <inheritdoc cref="GeluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluDerivative(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(GeluDensityLimit), Vector256.MaxNative(Vector256.Create(-GeluDensityLimit), x));
        var half = Vector256.Create(0.5f);
        var distribution = Vector256.MultiplyAddEstimate(half, Erf(x * Vector256.Create(RootHalf)), half);
        var exponent = x * x * Vector256.Create(-0.5f);
        var shifted = ShiftedExponent(exponent);
        var density = ReducedExp(exponent, shifted) * PowerOfTwo(shifted);
        return Vector256.MultiplyAddEstimate(x * Vector256.Create(InverseRootTwoPi), density, distribution);
    }

    /// <inheritdoc cref="GeluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluDerivative(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(GeluDensityLimit), Vector512.MaxNative(Vector512.Create(-GeluDensityLimit), x));
        var half = Vector512.Create(0.5f);
        var distribution = Vector512.MultiplyAddEstimate(half, Erf(x * Vector512.Create(RootHalf)), half);
        var exponent = x * x * Vector512.Create(-0.5f);
        var shifted = ShiftedExponent(exponent);
        var density = ReducedExp(exponent, shifted) * PowerOfTwo(shifted);
        return Vector512.MultiplyAddEstimate(x * Vector512.Create(InverseRootTwoPi), density, distribution);
    }

    /// <summary>The tanh approximation of GELU, x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    /// <remarks>
    /// Error at most 3 ULP for x ≥ −1 and 2 · 2⁻²⁴ · |x| everywhere. Computed as x·σ(u) with u twice the argument
    /// of the tanh, which is the same and keeps small results; zero below −10.06.
    /// </remarks>
    /// <param name="x">Any float.</param>
    /// <returns>The approximation of x·Φ(x).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluTanh(float x) => GeluTanh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanh(Vector128<float> x)
    {
        x = Vector128.MaxNative(Vector128.Create(GeluTanhInfinite), x);
        var y = Vector128.MinNative(Vector128.Create(GeluTanhHigh), x);
        var u = y * Vector128.MultiplyAddEstimate(Vector128.Create(-GeluCubic), y * y, Vector128.Create(-GeluLinear));
        return x / OnePlusExp(u);
    }

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanh(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(GeluTanhInfinite), x);
        var y = Vector256.MinNative(Vector256.Create(GeluTanhHigh), x);
        var u = y * Vector256.MultiplyAddEstimate(Vector256.Create(-GeluCubic), y * y, Vector256.Create(-GeluLinear));
        return x / OnePlusExp(u);
    }

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanh(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(GeluTanhInfinite), x);
        var y = Vector512.MinNative(Vector512.Create(GeluTanhHigh), x);
        var u = y * Vector512.MultiplyAddEstimate(Vector512.Create(-GeluCubic), y * y, Vector512.Create(-GeluLinear));
        return x / OnePlusExp(u);
    }

    /// <summary>The derivative of <see cref="GeluTanh(float)"/>.</summary>
    /// <remarks>Absolute error at most 4 · 2⁻²⁴; the result lies between −0.13 and 1.13.</remarks>
    /// <param name="x">The input of the activation, any float.</param>
    /// <returns>The derivative of the approximation at x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluTanhDerivative(float x) => GeluTanhDerivative(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="GeluTanhDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanhDerivative(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(GeluTanhZero), Vector128.MaxNative(Vector128.Create(-GeluTanhZero), x));
        var x2 = x * x;
        var u = x * Vector128.MultiplyAddEstimate(Vector128.Create(GeluCubic), x2, Vector128.Create(GeluLinear));
        var slope = x * Vector128.MultiplyAddEstimate(Vector128.Create(3 * GeluCubic), x2, Vector128.Create(GeluLinear));
        return GatedDerivative(x, u, slope);
    }

    /// <inheritdoc cref="GeluTanhDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanhDerivative(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(GeluTanhZero), Vector256.MaxNative(Vector256.Create(-GeluTanhZero), x));
        var x2 = x * x;
        var u = x * Vector256.MultiplyAddEstimate(Vector256.Create(GeluCubic), x2, Vector256.Create(GeluLinear));
        var slope = x * Vector256.MultiplyAddEstimate(Vector256.Create(3 * GeluCubic), x2, Vector256.Create(GeluLinear));
        return GatedDerivative(x, u, slope);
    }

    /// <inheritdoc cref="GeluTanhDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanhDerivative(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(GeluTanhZero), Vector512.MaxNative(Vector512.Create(-GeluTanhZero), x));
        var x2 = x * x;
        var u = x * Vector512.MultiplyAddEstimate(Vector512.Create(GeluCubic), x2, Vector512.Create(GeluLinear));
        var slope = x * Vector512.MultiplyAddEstimate(Vector512.Create(3 * GeluCubic), x2, Vector512.Create(GeluLinear));
        return GatedDerivative(x, u, slope);
    }
}
