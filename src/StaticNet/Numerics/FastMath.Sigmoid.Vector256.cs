using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The logistic sigmoid and the sigmoid linear unit.</content>
public static partial class FastMath
{
    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var y = Vector256.MaxNative(Vector256.Create(ExpLow), Vector256.MinNative(Vector256.Create(ExpInfinite), -x));
        return Vector256<float>.One / OnePlusExp(y);
    }

    /// <inheritdoc cref="Silu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Silu(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(-ExpInfinite), x);
        return x / OnePlusExp(-Vector256.MinNative(Vector256.Create(-ExpLow), x));
    }

    /// <inheritdoc cref="SiluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SiluDerivative(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(-ExpLow), Vector256.MaxNative(Vector256.Create(ExpLow), x));
        return GatedDerivative(x, x, x);
    }

    // σ(u) + slope·σ(u)·σ(−u), |u| ≤ 88: the derivative of x·σ(u(x)) with slope = x·u′(x). x gives the sign of u.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> GatedDerivative(Vector256<float> x, Vector256<float> u, Vector256<float> slope)
    {
        var e = ExpOfMinusMagnitude(u);
        var larger = Vector256<float>.One / (e + Vector256<float>.One);
        var smaller = e * larger;
        var gate = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), smaller, larger);
        return Vector256.MultiplyAddEstimate(slope * smaller, larger, gate);
    }

    // 1 + e^y, for y from ExpLow to ExpInfinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OnePlusExp(Vector256<float> y)
    {
        var shifted = ShiftedExponent(y);
        return Vector256.MultiplyAddEstimate(ReducedExp(y, shifted), PowerOfTwo(shifted), Vector256<float>.One);
    }
}
