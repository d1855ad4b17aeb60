using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The error function.</content>
public static partial class FastMath
{
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
}
