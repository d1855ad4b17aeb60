using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Optimizers;

/// <summary>16 floats, where the machine has vectors of 512 bits.</summary>
/// <remarks>
/// Not for the bandwidth, which shorter vectors reach too, but for roots and divisions: processors do as many long vectors of them
/// in a time as short ones, or nearly.
/// </remarks>
internal readonly struct WideVector(Vector512<float> lanes) : IVector<WideVector>
{
    private readonly Vector512<float> _lanes = lanes;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Load(ref float source, nuint index) => new(Vector512.LoadUnsafe(ref source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target, nuint index) => _lanes.StoreUnsafe(ref target, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator +(WideVector left, WideVector right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator -(WideVector left, WideVector right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator *(WideVector left, WideVector right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator /(WideVector left, WideVector right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator |(WideVector left, WideVector right) => new(left._lanes | right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector MultiplyAdd(WideVector left, WideVector right, WideVector addend) => new(Vector512.MultiplyAddEstimate(left._lanes, right._lanes, addend._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector SquareRoot(WideVector value) => new(Vector512.Sqrt(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Abs(WideVector value) => new(Vector512.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector CopySign(WideVector value, WideVector sign) => new(Vector512.CopySign(value._lanes, sign._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Max(WideVector left, WideVector right) => new(Vector512.MaxNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Min(WideVector left, WideVector right) => new(Vector512.MinNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector GreaterThan(WideVector left, WideVector right) => new(Vector512.GreaterThan(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector IsZero(WideVector value) => new(Vector512.Equals(value._lanes, Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Select(WideVector condition, WideVector whereSet, WideVector elsewhere) => new(Vector512.ConditionalSelect(condition._lanes, whereSet._lanes, elsewhere._lanes));
}
