using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>4 or 8 floats, as many as a vector of the machine holds without 512 bits.</summary>
internal readonly struct UsualVector(Vector<float> lanes) : IVector<UsualVector>
{
    private readonly Vector<float> _lanes = lanes;

    public static int Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector Create(float value) => new(new Vector<float>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector Load(ref float source, nuint index) => new(Vector.LoadUnsafe(ref source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target, nuint index) => _lanes.StoreUnsafe(ref target, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector operator +(UsualVector left, UsualVector right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector operator -(UsualVector left, UsualVector right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector operator *(UsualVector left, UsualVector right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector operator /(UsualVector left, UsualVector right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector operator |(UsualVector left, UsualVector right) => new(left._lanes | right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector MultiplyAdd(UsualVector left, UsualVector right, UsualVector addend) => new(Vector.MultiplyAddEstimate(left._lanes, right._lanes, addend._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector SquareRoot(UsualVector value) => new(Vector.SquareRoot(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector Abs(UsualVector value) => new(Vector.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector CopySign(UsualVector value, UsualVector sign) => new(Vector.CopySign(value._lanes, sign._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector Max(UsualVector left, UsualVector right) => new(Vector.MaxNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector Min(UsualVector left, UsualVector right) => new(Vector.MinNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector GreaterThan(UsualVector left, UsualVector right) => new(Vector.GreaterThan<float>(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector IsZero(UsualVector value) => new(Vector.Equals<float>(value._lanes, Vector<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualVector Select(UsualVector condition, UsualVector whereSet, UsualVector elsewhere) => new(Vector.ConditionalSelect(condition._lanes, whereSet._lanes, elsewhere._lanes));
}
