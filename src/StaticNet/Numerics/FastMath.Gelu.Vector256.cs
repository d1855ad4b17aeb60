using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The Gaussian error linear unit, exact and by tanh, with their derivatives.</content>
public static partial class FastMath
{
    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x)
    {
        var erf = Erf(x * Vector256.Create(RootHalf));
        var half = Vector256.MaxNative(Vector256.Create(-GeluLimit), x) * Vector256.Create(0.5f);
        return Vector256.MultiplyAddEstimate(half, erf, half);
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

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanh(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(GeluTanhInfinite), x);
        var y = Vector256.MinNative(Vector256.Create(GeluTanhHigh), x);
        var u = y * Vector256.MultiplyAddEstimate(Vector256.Create(-GeluCubic), y * y, Vector256.Create(-GeluLinear));
        return x / OnePlusExp(u);
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
}
