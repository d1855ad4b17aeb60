using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Optimizers;

/// <summary>What update rules compute again and again.</summary>
internal static class VectorMath
{
    /// <summary>a · b + c · d, with one rounding less where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> SumOfProducts(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d) =>
        Vector.MultiplyAddEstimate(a, b, c * d);

    /// <summary>size · sign(x), where sign(0) is 0 and the sign of what is no number is no number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ScaledSign(Vector<float> x, Vector<float> size) =>
        Vector.ConditionalSelect(Vector.GreaterThan(Vector.Abs(x), Vector<float>.Zero), Vector.CopySign(size, x), x);

    /// <summary>Adds the squares of eight floats, in double, to two vectors of sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Low, Vector256<double> High) AddSquares(Vector256<float> values, Vector256<double> low, Vector256<double> high)
    {
        var (first, second) = Vector256.Widen(values);
        return (Vector256.MultiplyAddEstimate(first, first, low), Vector256.MultiplyAddEstimate(second, second, high));
    }
}
