using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The logistic sigmoid and the sigmoid linear unit.</content>
public static partial class FastMath
{
    /// <summary>The logistic sigmoid, 1 / (1 + e^−x).</summary>
    /// <remarks>Error at most 4 ULP, for large negative x too; zero below −88.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>σ(x), 0 … 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Sigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x)
    {
        var y = Vector128.MaxNative(Vector128.Create(ExpLow), Vector128.MinNative(Vector128.Create(ExpInfinite), -x));
        return Vector128<float>.One / OnePlusExp(y);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var y = Vector256.MaxNative(Vector256.Create(ExpLow), Vector256.MinNative(Vector256.Create(ExpInfinite), -x));
        return Vector256<float>.One / OnePlusExp(y);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var y = Vector512.MaxNative(Vector512.Create(ExpLow), Vector512.MinNative(Vector512.Create(ExpInfinite), -x));
        return Vector512<float>.One / OnePlusExp(y);
    }

    /// <summary>The sigmoid linear unit, x·σ(x).</summary>
    /// <remarks>Error at most 4 ULP; zero below −88.4, where the exact result is under 4·10⁻³⁷ in magnitude.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>x·σ(x).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Silu(float x) => Silu(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Silu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Silu(Vector128<float> x)
    {
        x = Vector128.MaxNative(Vector128.Create(-ExpInfinite), x);
        return x / OnePlusExp(-Vector128.MinNative(Vector128.Create(-ExpLow), x));
    }

    /// <inheritdoc cref="Silu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Silu(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(-ExpInfinite), x);
        return x / OnePlusExp(-Vector256.MinNative(Vector256.Create(-ExpLow), x));
    }

    /// <inheritdoc cref="Silu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Silu(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(-ExpInfinite), x);
        return x / OnePlusExp(-Vector512.MinNative(Vector512.Create(-ExpLow), x));
    }

    /// <summary>The derivative of <see cref="Silu(float)"/>: σ(x) + x·σ(x)·σ(−x).</summary>
    /// <remarks>Absolute error at most 4 · 2⁻²⁴; the result lies between −0.1 and 1.1.</remarks>
    /// <param name="x">The input of the activation, any float.</param>
    /// <returns>d(x·σ(x)) / dx.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SiluDerivative(float x) => SiluDerivative(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="SiluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SiluDerivative(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(-ExpLow), Vector128.MaxNative(Vector128.Create(ExpLow), x));
        return GatedDerivative(x, x, x);
    }

    /// <inheritdoc cref="SiluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SiluDerivative(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(-ExpLow), Vector256.MaxNative(Vector256.Create(ExpLow), x));
        return GatedDerivative(x, x, x);
    }

    /// <inheritdoc cref="SiluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SiluDerivative(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(-ExpLow), Vector512.MaxNative(Vector512.Create(ExpLow), x));
        return GatedDerivative(x, x, x);
    }

    // σ(u) + slope·σ(u)·σ(−u), |u| ≤ 88: the derivative of x·σ(u(x)) with slope = x·u′(x). x gives the sign of u.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> GatedDerivative(Vector128<float> x, Vector128<float> u, Vector128<float> slope)
    {
        var e = ExpOfMinusMagnitude(u);
        var larger = Vector128<float>.One / (e + Vector128<float>.One);
        var smaller = e * larger;
        var gate = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), smaller, larger);
        return Vector128.MultiplyAddEstimate(slope * smaller, larger, gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> GatedDerivative(Vector256<float> x, Vector256<float> u, Vector256<float> slope)
    {
        var e = ExpOfMinusMagnitude(u);
        var larger = Vector256<float>.One / (e + Vector256<float>.One);
        var smaller = e * larger;
        var gate = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), smaller, larger);
        return Vector256.MultiplyAddEstimate(slope * smaller, larger, gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> GatedDerivative(Vector512<float> x, Vector512<float> u, Vector512<float> slope)
    {
        var e = ExpOfMinusMagnitude(u);
        var larger = Vector512<float>.One / (e + Vector512<float>.One);
        var smaller = e * larger;
        var gate = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), smaller, larger);
        return Vector512.MultiplyAddEstimate(slope * smaller, larger, gate);
    }

    // 1 + e^y, for y from ExpLow to ExpInfinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OnePlusExp(Vector128<float> y)
    {
        var shifted = ShiftedExponent(y);
        return Vector128.MultiplyAddEstimate(ReducedExp(y, shifted), PowerOfTwo(shifted), Vector128<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OnePlusExp(Vector256<float> y)
    {
        var shifted = ShiftedExponent(y);
        return Vector256.MultiplyAddEstimate(ReducedExp(y, shifted), PowerOfTwo(shifted), Vector256<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> OnePlusExp(Vector512<float> y)
    {
        var shifted = ShiftedExponent(y);
        return Vector512.MultiplyAddEstimate(ReducedExp(y, shifted), PowerOfTwo(shifted), Vector512<float>.One);
    }
}
