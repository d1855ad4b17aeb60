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
}
