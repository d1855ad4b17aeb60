using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The logarithm, and the logarithms of 1 + e^x.</content>
public static partial class FastMath
{
    private const float SmallestNormal = 1.17549435e-38f;
    private const int RootHalfBits = 0x3f3504f3;
    private const int MantissaBits = 0x007fffff;

    // ln(1 + f) = f − f²/2 + f³·(L3 + L4·f + …) for √½ ≤ 1 + f < √2, fitted by fit_fastmath.py ("log1p").
    private const float L3 = 0.3333333f;
    private const float L4 = -0.2500082f;
    private const float L5 = 0.20001242f;
    private const float L6 = -0.16623409f;
    private const float L7 = 0.1420158f;
    private const float L8 = -0.1315961f;
    private const float L9 = 0.12762216f;
    private const float L10 = -0.07636435f;

    // ln(1 + x) / x = 1 + P1·x + … for 0 ≤ x ≤ 1, fitted by fit_fastmath.py ("log1p(x)/x").
    private const float P1 = -0.4999993f;
    private const float P2 = 0.33330464f;
    private const float P3 = -0.2495802f;
    private const float P4 = 0.19692121f;
    private const float P5 = -0.15344977f;
    private const float P6 = 0.10661371f;
    private const float P7 = -0.057460483f;
    private const float P8 = 0.02008846f;
    private const float P9 = -0.0032910742f;

    /// <summary>The natural logarithm.</summary>
    /// <remarks>Error at most 1 ULP, for denormal inputs too. −∞ at ±0, NaN for negative x.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>ln x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>ln(1 + e^x), without overflow for any x.</summary>
    /// <remarks>Error at most 4 ULP.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>ln(1 + e^x), 0 … ∞.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>ln(1 / (1 + e^−x)), without overflow for any x.</summary>
    /// <remarks>Error at most 4 ULP.</remarks>
    /// <param name="x">Any float.</param>
    /// <returns>ln σ(x), −∞ … 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogSigmoid(float x) => LogSigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
