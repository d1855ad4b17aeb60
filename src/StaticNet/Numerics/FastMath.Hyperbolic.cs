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
}
