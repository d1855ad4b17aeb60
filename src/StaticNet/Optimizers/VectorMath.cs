using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What update rules compute again and again.</summary>
internal static class VectorMath
{
    /// <summary>a · b + c · d, with one rounding less where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SumOfProducts<TVector>(TVector a, TVector b, TVector c, TVector d)
        where TVector : struct, IVector<TVector> => TVector.MultiplyAdd(a, b, c * d);

    /// <summary>size · sign(x), where sign(0) is 0 and the sign of NaN is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ScaledSign<TVector>(TVector x, TVector size)
        where TVector : struct, IVector<TVector> => TVector.Select(TVector.GreaterThan(TVector.Abs(x), TVector.Create(0)), TVector.CopySign(size, x), x);

    /// <summary>x, or where its magnitude is above a limit, the limit with its sign. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Clamp<TVector>(TVector x, TVector limit)
        where TVector : struct, IVector<TVector> => TVector.Select(TVector.GreaterThan(TVector.Abs(x), limit), TVector.CopySign(limit, x), x);
}
