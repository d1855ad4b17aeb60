using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>The hyperbolic tangent.</content>
public static partial class FastMath
{
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
}
