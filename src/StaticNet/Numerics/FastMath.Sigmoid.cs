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

    /// <summary>The sigmoid linear unit, x·σ(x).</summary>
    /// <remarks>Error at most 4 ULP; zero below −88.4, where the exact result is under 4·10⁻³⁷ in magnitude.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>x·σ(x).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Silu(float x) => Silu(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The derivative of <see cref="Silu(float)"/>: σ(x) + x·σ(x)·σ(−x).</summary>
    /// <remarks>Absolute error at most 4 · 2⁻²⁴; the result lies between −0.1 and 1.1.</remarks>
    /// <param name="x">The input of the activation, any float.</param>
    /// <returns>d(x·σ(x)) / dx.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SiluDerivative(float x) => SiluDerivative(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
