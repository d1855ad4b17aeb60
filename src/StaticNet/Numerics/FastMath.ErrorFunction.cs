using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The error function.</content>
public static partial class FastMath
{
    // erf x = x·(EN1 + EN3·x² + …) / (1 + ED2·x² + …), fitted by fit_fastmath.py ("erf 6/6").
    private const float EN1 = 1.1283791f;
    private const float EN3 = 0.2058939f;
    private const float EN5 = 0.054581646f;
    private const float EN7 = 0.0043644225f;
    private const float EN9 = 0.00028713484f;
    private const float EN11 = 1.7889403e-06f;
    private const float ED2 = 0.5158004f;
    private const float ED4 = 0.120313406f;
    private const float ED6 = 0.01618573f;
    private const float ED8 = 0.0012862806f;
    private const float ED10 = 3.5491583e-05f;

    // Here the quotient is exactly 1, with or without fused multiply-add, and nowhere below is it more.
    private const float ErfLimit = 3.9f;

    /// <summary>The error function, 2/√π · ∫₀ˣ e^(−t²) dt.</summary>
    /// <remarks>Error at most @ERF ULP, near zero too; the sign of zero is kept and the magnitude is never above 1.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>erf x, −1 … 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Erf(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(ErfLimit), Vector128.MaxNative(Vector128.Create(-ErfLimit), x));
        var x2 = x * x;
        var x4 = x2 * x2;
        var x8 = x4 * x4;
        var n13 = Vector128.MultiplyAddEstimate(Vector128.Create(EN3), x2, Vector128.Create(EN1));
        var n57 = Vector128.MultiplyAddEstimate(Vector128.Create(EN7), x2, Vector128.Create(EN5));
        var n9B = Vector128.MultiplyAddEstimate(Vector128.Create(EN11), x2, Vector128.Create(EN9));
        var n17 = Vector128.MultiplyAddEstimate(n57, x4, n13);
        var n = x * Vector128.MultiplyAddEstimate(n9B, x8, n17);
        var d02 = Vector128.MultiplyAddEstimate(Vector128.Create(ED2), x2, Vector128<float>.One);
        var d46 = Vector128.MultiplyAddEstimate(Vector128.Create(ED6), x2, Vector128.Create(ED4));
        var d8A = Vector128.MultiplyAddEstimate(Vector128.Create(ED10), x2, Vector128.Create(ED8));
        var d06 = Vector128.MultiplyAddEstimate(d46, x4, d02);
        return n / Vector128.MultiplyAddEstimate(d8A, x8, d06);
    }

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(ErfLimit), Vector256.MaxNative(Vector256.Create(-ErfLimit), x));
        var x2 = x * x;
        var x4 = x2 * x2;
        var x8 = x4 * x4;
        var n13 = Vector256.MultiplyAddEstimate(Vector256.Create(EN3), x2, Vector256.Create(EN1));
        var n57 = Vector256.MultiplyAddEstimate(Vector256.Create(EN7), x2, Vector256.Create(EN5));
        var n9B = Vector256.MultiplyAddEstimate(Vector256.Create(EN11), x2, Vector256.Create(EN9));
        var n17 = Vector256.MultiplyAddEstimate(n57, x4, n13);
        var n = x * Vector256.MultiplyAddEstimate(n9B, x8, n17);
        var d02 = Vector256.MultiplyAddEstimate(Vector256.Create(ED2), x2, Vector256<float>.One);
        var d46 = Vector256.MultiplyAddEstimate(Vector256.Create(ED6), x2, Vector256.Create(ED4));
        var d8A = Vector256.MultiplyAddEstimate(Vector256.Create(ED10), x2, Vector256.Create(ED8));
        var d06 = Vector256.MultiplyAddEstimate(d46, x4, d02);
        return n / Vector256.MultiplyAddEstimate(d8A, x8, d06);
    }

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(ErfLimit), Vector512.MaxNative(Vector512.Create(-ErfLimit), x));
        var x2 = x * x;
        var x4 = x2 * x2;
        var x8 = x4 * x4;
        var n13 = Vector512.MultiplyAddEstimate(Vector512.Create(EN3), x2, Vector512.Create(EN1));
        var n57 = Vector512.MultiplyAddEstimate(Vector512.Create(EN7), x2, Vector512.Create(EN5));
        var n9B = Vector512.MultiplyAddEstimate(Vector512.Create(EN11), x2, Vector512.Create(EN9));
        var n17 = Vector512.MultiplyAddEstimate(n57, x4, n13);
        var n = x * Vector512.MultiplyAddEstimate(n9B, x8, n17);
        var d02 = Vector512.MultiplyAddEstimate(Vector512.Create(ED2), x2, Vector512<float>.One);
        var d46 = Vector512.MultiplyAddEstimate(Vector512.Create(ED6), x2, Vector512.Create(ED4));
        var d8A = Vector512.MultiplyAddEstimate(Vector512.Create(ED10), x2, Vector512.Create(ED8));
        var d06 = Vector512.MultiplyAddEstimate(d46, x4, d02);
        return n / Vector512.MultiplyAddEstimate(d8A, x8, d06);
    }
}
