using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The hyperbolic tangent.</content>
public static partial class FastMath
{
    // tanh x = x·(1 + TN3·x² + …) / (1 + TD2·x² + …), fitted by fit_fastmath.py ("tanh").
    private const float TN3 = 0.13403209f;
    private const float TN5 = 0.0035220028f;
    private const float TN7 = 2.1048378e-05f;
    private const float TN9 = 1.3976033e-08f;
    private const float TD2 = 0.46736532f;
    private const float TD4 = 0.025977274f;
    private const float TD6 = 0.0003329008f;
    private const float TD8 = 8.0279756e-07f;

    // Here the quotient is exactly 1, with or without fused multiply-add, and nowhere below is it more (every float was tried).
    private const float TanhLimit = 8.066659f;

    /// <summary>The hyperbolic tangent.</summary>
    /// <remarks>
    /// Error at most 5 ULP, near zero too; the sign of zero is kept and the magnitude is never above 1. One division and no
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
        // The shortest chain, and the leading terms last, so that only the last roundings count.
        x = Vector128.MinNative(Vector128.Create(TanhLimit), Vector128.MaxNative(Vector128.Create(-TanhLimit), x));
        var x2 = Vector128.MultiplyAddEstimate(x, x, Vector128.Create(Quiet));
        var x4 = x2 * x2;
        var n35 = Vector128.MultiplyAddEstimate(Vector128.Create(TN5), x2, Vector128.Create(TN3));
        var n79 = Vector128.MultiplyAddEstimate(Vector128.Create(TN9), x2, Vector128.Create(TN7));
        var d24 = Vector128.MultiplyAddEstimate(Vector128.Create(TD4), x2, Vector128.Create(TD2));
        var d68 = Vector128.MultiplyAddEstimate(Vector128.Create(TD8), x2, Vector128.Create(TD6));
        var n = Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(n79, x4, n35), x * x2, x);
        return n / Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(d68, x4, d24), x2, Vector128<float>.One);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        // The shortest chain, and the leading terms last, so that only the last roundings count.
        x = Vector256.MinNative(Vector256.Create(TanhLimit), Vector256.MaxNative(Vector256.Create(-TanhLimit), x));
        var x2 = Vector256.MultiplyAddEstimate(x, x, Vector256.Create(Quiet));
        var x4 = x2 * x2;
        var n35 = Vector256.MultiplyAddEstimate(Vector256.Create(TN5), x2, Vector256.Create(TN3));
        var n79 = Vector256.MultiplyAddEstimate(Vector256.Create(TN9), x2, Vector256.Create(TN7));
        var d24 = Vector256.MultiplyAddEstimate(Vector256.Create(TD4), x2, Vector256.Create(TD2));
        var d68 = Vector256.MultiplyAddEstimate(Vector256.Create(TD8), x2, Vector256.Create(TD6));
        var n = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(n79, x4, n35), x * x2, x);
        return n / Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(d68, x4, d24), x2, Vector256<float>.One);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // The shortest chain, and the leading terms last, so that only the last roundings count.
        x = Vector512.MinNative(Vector512.Create(TanhLimit), Vector512.MaxNative(Vector512.Create(-TanhLimit), x));
        var x2 = Vector512.MultiplyAddEstimate(x, x, Vector512.Create(Quiet));
        var x4 = x2 * x2;
        var n35 = Vector512.MultiplyAddEstimate(Vector512.Create(TN5), x2, Vector512.Create(TN3));
        var n79 = Vector512.MultiplyAddEstimate(Vector512.Create(TN9), x2, Vector512.Create(TN7));
        var d24 = Vector512.MultiplyAddEstimate(Vector512.Create(TD4), x2, Vector512.Create(TD2));
        var d68 = Vector512.MultiplyAddEstimate(Vector512.Create(TD8), x2, Vector512.Create(TD6));
        var n = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(n79, x4, n35), x * x2, x);
        return n / Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(d68, x4, d24), x2, Vector512<float>.One);
    }
}
