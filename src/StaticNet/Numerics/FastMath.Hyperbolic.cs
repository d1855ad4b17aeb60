using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The hyperbolic tangent.</content>
public static partial class FastMath
{
    // tanh x = x·(1 + TN3·x² + …) / (1 + TD2·x² + …), fitted by fit_fastmath.py ("tanh 5/5").
    private const float TN3 = 0.13403209f;
    private const float TN5 = 0.0035220028f;
    private const float TN7 = 2.1048378e-05f;
    private const float TN9 = 1.3976033e-08f;
    private const float TD2 = 0.46736532f;
    private const float TD4 = 0.025977274f;
    private const float TD6 = 0.0003329008f;
    private const float TD8 = 8.0279756e-07f;

    // Here the quotient is exactly 1, with or without fused multiply-add, and nowhere below is it more.
    private const float TanhLimit = 8.5f;

    /// <summary>The hyperbolic tangent.</summary>
    /// <remarks>
    /// Error at most @TANH ULP, near zero too; the sign of zero is kept and the magnitude is never above 1. One division and no
    /// exponential, for the shortest delay.
    /// </remarks>
    /// <param name="x">Any float.</param>
    /// <returns>tanh x, −1 … 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(TanhLimit), Vector128.MaxNative(Vector128.Create(-TanhLimit), x));
        var x2 = x * x;
        var x4 = x2 * x2;
        var n13 = x * Vector128.MultiplyAddEstimate(Vector128.Create(TN3), x2, Vector128<float>.One);
        var n57 = Vector128.MultiplyAddEstimate(Vector128.Create(TN7), x2, Vector128.Create(TN5));
        var n59 = Vector128.MultiplyAddEstimate(Vector128.Create(TN9), x4, n57);
        var n = Vector128.MultiplyAddEstimate(n59, x * x4, n13);
        var d02 = Vector128.MultiplyAddEstimate(Vector128.Create(TD2), x2, Vector128<float>.One);
        var d46 = Vector128.MultiplyAddEstimate(Vector128.Create(TD6), x2, Vector128.Create(TD4));
        var d48 = Vector128.MultiplyAddEstimate(Vector128.Create(TD8), x4, d46);
        return n / Vector128.MultiplyAddEstimate(d48, x4, d02);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(TanhLimit), Vector256.MaxNative(Vector256.Create(-TanhLimit), x));
        var x2 = x * x;
        var x4 = x2 * x2;
        var n13 = x * Vector256.MultiplyAddEstimate(Vector256.Create(TN3), x2, Vector256<float>.One);
        var n57 = Vector256.MultiplyAddEstimate(Vector256.Create(TN7), x2, Vector256.Create(TN5));
        var n59 = Vector256.MultiplyAddEstimate(Vector256.Create(TN9), x4, n57);
        var n = Vector256.MultiplyAddEstimate(n59, x * x4, n13);
        var d02 = Vector256.MultiplyAddEstimate(Vector256.Create(TD2), x2, Vector256<float>.One);
        var d46 = Vector256.MultiplyAddEstimate(Vector256.Create(TD6), x2, Vector256.Create(TD4));
        var d48 = Vector256.MultiplyAddEstimate(Vector256.Create(TD8), x4, d46);
        return n / Vector256.MultiplyAddEstimate(d48, x4, d02);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(TanhLimit), Vector512.MaxNative(Vector512.Create(-TanhLimit), x));
        var x2 = x * x;
        var x4 = x2 * x2;
        var n13 = x * Vector512.MultiplyAddEstimate(Vector512.Create(TN3), x2, Vector512<float>.One);
        var n57 = Vector512.MultiplyAddEstimate(Vector512.Create(TN7), x2, Vector512.Create(TN5));
        var n59 = Vector512.MultiplyAddEstimate(Vector512.Create(TN9), x4, n57);
        var n = Vector512.MultiplyAddEstimate(n59, x * x4, n13);
        var d02 = Vector512.MultiplyAddEstimate(Vector512.Create(TD2), x2, Vector512<float>.One);
        var d46 = Vector512.MultiplyAddEstimate(Vector512.Create(TD6), x2, Vector512.Create(TD4));
        var d48 = Vector512.MultiplyAddEstimate(Vector512.Create(TD8), x4, d46);
        return n / Vector512.MultiplyAddEstimate(d48, x4, d02);
    }
}
