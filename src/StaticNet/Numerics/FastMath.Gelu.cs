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

    /// <summary>The derivative of <see cref="Gelu(float)"/>: Φ(x) + x·φ(x), φ being the normal density.</summary>
    /// <remarks>Absolute error at most 4 · 2⁻²⁴; the result lies between −0.13 and 1.13.</remarks>
    /// <param name="x">The input of the activation, any float.</param>
    /// <returns>d(x·Φ(x)) / dx.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluDerivative(float x) => GeluDerivative(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The tanh approximation of GELU, x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    /// <remarks>
    /// Error at most 3 ULP for x ≥ −1 and 2 · 2⁻²⁴ · |x| everywhere. Computed as x·σ(u) with u twice the argument
    /// of the tanh, which is the same and keeps small results; zero below −10.06.
    /// </remarks>
    /// <param name="x">Any float.</param>
    /// <returns>The approximation of x·Φ(x).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluTanh(float x) => GeluTanh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The derivative of <see cref="GeluTanh(float)"/>.</summary>
    /// <remarks>Absolute error at most 4 · 2⁻²⁴; the result lies between −0.13 and 1.13.</remarks>
    /// <param name="x">The input of the activation, any float.</param>
    /// <returns>The derivative of the approximation at x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluTanhDerivative(float x) => GeluTanhDerivative(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
