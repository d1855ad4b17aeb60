using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The error function.</content>
public static partial class FastMath
{
    // erf x = x·(EN1 + EN3·x² + …) / (ED0 + ED2·x² + …), fitted by fit_fastmath.py ("erf").
    private const float EN1 = 1.1283839f;
    private const float EN3 = 0.19099715f;
    private const float EN5 = 0.05281155f;
    private const float EN7 = 0.0037865073f;
    private const float EN9 = 0.00028453404f;
    private const float EN11 = 2.03461e-06f;
    private const float ED0 = 1.0000042f;
    private const float ED2 = 0.5026011f;
    private const float ED4 = 0.11433914f;
    private const float ED6 = 0.015012116f;
    private const float ED8 = 0.0011660674f;
    private const float ED10 = 3.7913986e-05f;

    // Here the quotient is exactly 1, with or without fused multiply-add. Just below, rounding may make it more.
    private const float ErfLimit = 3.930003f;

    /// <summary>The error function, 2/√π · ∫₀ˣ e^(−t²) dt.</summary>
    /// <remarks>Error at most 5 ULP, near zero too; the sign of zero is kept and the magnitude is never above 1.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>erf x, −1 … 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Erf(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(ErfLimit), Vector128.MaxNative(Vector128.Create(-ErfLimit), x));
        var x2 = Vector128.MultiplyAddEstimate(x, x, Vector128.Create(Quiet));
        var x4 = x2 * x2;
        var n35 = Vector128.MultiplyAddEstimate(Vector128.Create(EN5), x2, Vector128.Create(EN3));
        var n79 = Vector128.MultiplyAddEstimate(Vector128.Create(EN9), x2, Vector128.Create(EN7));
        var n7B = Vector128.MultiplyAddEstimate(Vector128.Create(EN11), x4, n79);
        var n3B = Vector128.MultiplyAddEstimate(n7B, x4, n35);
        var d24 = Vector128.MultiplyAddEstimate(Vector128.Create(ED4), x2, Vector128.Create(ED2));
        var d68 = Vector128.MultiplyAddEstimate(Vector128.Create(ED8), x2, Vector128.Create(ED6));
        var d6A = Vector128.MultiplyAddEstimate(Vector128.Create(ED10), x4, d68);
        var d2A = Vector128.MultiplyAddEstimate(d6A, x4, d24);
        var n = Vector128.MultiplyAddEstimate(n3B, x * x2, x * Vector128.Create(EN1));
        var erf = n / Vector128.MultiplyAddEstimate(d2A, x2, Vector128.Create(ED0));
        return Vector128.MinNative(Vector128<float>.One, Vector128.MaxNative(Vector128.Create(-1f), erf));
    }

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(ErfLimit), Vector256.MaxNative(Vector256.Create(-ErfLimit), x));
        var x2 = Vector256.MultiplyAddEstimate(x, x, Vector256.Create(Quiet));
        var x4 = x2 * x2;
        var n35 = Vector256.MultiplyAddEstimate(Vector256.Create(EN5), x2, Vector256.Create(EN3));
        var n79 = Vector256.MultiplyAddEstimate(Vector256.Create(EN9), x2, Vector256.Create(EN7));
        var n7B = Vector256.MultiplyAddEstimate(Vector256.Create(EN11), x4, n79);
        var n3B = Vector256.MultiplyAddEstimate(n7B, x4, n35);
        var d24 = Vector256.MultiplyAddEstimate(Vector256.Create(ED4), x2, Vector256.Create(ED2));
        var d68 = Vector256.MultiplyAddEstimate(Vector256.Create(ED8), x2, Vector256.Create(ED6));
        var d6A = Vector256.MultiplyAddEstimate(Vector256.Create(ED10), x4, d68);
        var d2A = Vector256.MultiplyAddEstimate(d6A, x4, d24);
        var n = Vector256.MultiplyAddEstimate(n3B, x * x2, x * Vector256.Create(EN1));
        var erf = n / Vector256.MultiplyAddEstimate(d2A, x2, Vector256.Create(ED0));
        return Vector256.MinNative(Vector256<float>.One, Vector256.MaxNative(Vector256.Create(-1f), erf));
    }

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(ErfLimit), Vector512.MaxNative(Vector512.Create(-ErfLimit), x));
        var x2 = Vector512.MultiplyAddEstimate(x, x, Vector512.Create(Quiet));
        var x4 = x2 * x2;
        var n35 = Vector512.MultiplyAddEstimate(Vector512.Create(EN5), x2, Vector512.Create(EN3));
        var n79 = Vector512.MultiplyAddEstimate(Vector512.Create(EN9), x2, Vector512.Create(EN7));
        var n7B = Vector512.MultiplyAddEstimate(Vector512.Create(EN11), x4, n79);
        var n3B = Vector512.MultiplyAddEstimate(n7B, x4, n35);
        var d24 = Vector512.MultiplyAddEstimate(Vector512.Create(ED4), x2, Vector512.Create(ED2));
        var d68 = Vector512.MultiplyAddEstimate(Vector512.Create(ED8), x2, Vector512.Create(ED6));
        var d6A = Vector512.MultiplyAddEstimate(Vector512.Create(ED10), x4, d68);
        var d2A = Vector512.MultiplyAddEstimate(d6A, x4, d24);
        var n = Vector512.MultiplyAddEstimate(n3B, x * x2, x * Vector512.Create(EN1));
        var erf = n / Vector512.MultiplyAddEstimate(d2A, x2, Vector512.Create(ED0));
        return Vector512.MinNative(Vector512<float>.One, Vector512.MaxNative(Vector512.Create(-1f), erf));
    }
}
