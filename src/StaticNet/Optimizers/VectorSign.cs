using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>The sign function on vectors.</summary>
internal static class VectorSign
{
    /// <summary>size · sign(x), where sign(0) is 0 and the sign of what is no number is no number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Scaled(Vector<float> x, Vector<float> size) =>
        Vector.ConditionalSelect(Vector.GreaterThan(Vector.Abs(x), Vector<float>.Zero), Vector.CopySign(size, x), x);
}
