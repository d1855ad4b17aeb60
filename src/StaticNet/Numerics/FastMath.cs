using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>
/// Elementary functions on floats, one or a vector of 4, 8 or 16 at a time, as network code needs them.
/// </summary>
/// <remarks>
/// <para>
/// Every function computes in float only, has no branch and no call, and is meant to be inlined (but sine and cosine, which reduce their argument in double
/// and call a function beyond 2⁴⁰). All widths, the scalar
/// one included, give the same bits for the same input on the same machine. The bounds given are for machines with fused
/// multiply-add; without it the bits differ slightly, and errors may be up to two units larger.
/// </para>
/// <para>
/// Errors are given in ULP: one ULP is the distance between the two floats around the exact result. Bounds hold for every
/// float input unless the text says otherwise, and wherever the exact result is a normal float (at least 2⁻¹²⁶ in magnitude);
/// smaller results may be flushed to zero. The result for NaN is NaN, and for infinities it is the limit.
/// </para>
/// </remarks>
public static partial class FastMath
{
    // Squares have this added, which is far below the rounding of what is made of them, and costs nothing where multiplying and adding
    // is one instruction. So no power of a small number is denormal, which several processors compute slowly.
    private const float Quiet = 1e-10f;

    // How clamps treat NaN: MinNative and MaxNative give their second operand when either is NaN (x64) or NaN (Arm64). So
    // the bound comes first and the variable second throughout, and NaN survives.
}
