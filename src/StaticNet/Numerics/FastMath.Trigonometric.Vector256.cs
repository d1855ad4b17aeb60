using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <content>Sine and cosine.</content>
public static partial class FastMath
{
    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x)
    {
        var sine = SineOfQuadrant(x, Vector256<int>.Zero);
        return Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(TrigonometricLimit)) ? WithFarSines(sine, x) : sine;
    }

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x)
    {
        var cosine = SineOfQuadrant(x, Vector256<int>.One);
        return Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(TrigonometricLimit)) ? WithFarCosines(cosine, x) : cosine;
    }

    // sin(x + quadrants · π/2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SineOfQuadrant(Vector256<float> x, Vector256<int> quadrants)
    {
        var lower = Vector256.WidenLower(x);
        var upper = Vector256.WidenUpper(x);
        var lowerShifted = Vector256.FusedMultiplyAdd(lower, Vector256.Create(TwoOverPi), Vector256.Create(IntegerShift));
        var upperShifted = Vector256.FusedMultiplyAdd(upper, Vector256.Create(TwoOverPi), Vector256.Create(IntegerShift));
        var r = Vector256.Narrow(ReduceQuadrants(lower, lowerShifted), ReduceQuadrants(upper, upperShifted));
        quadrants += Vector256.Narrow(lowerShifted.AsInt64(), upperShifted.AsInt64());

        var r2 = Vector256.MultiplyAddEstimate(r, r, Vector256.Create(Quiet));
        var sine = Vector256.MultiplyAddEstimate(Vector256.Create(S7), r2, Vector256.Create(S5));
        sine = Vector256.MultiplyAddEstimate(sine, r2, Vector256.Create(S3));
        sine = Vector256.MultiplyAddEstimate(sine * r2, r, r);
        var cosine = Vector256.MultiplyAddEstimate(Vector256.Create(C8), r2, Vector256.Create(C6));
        cosine = Vector256.MultiplyAddEstimate(cosine, r2, Vector256.Create(C4));
        cosine = Vector256.MultiplyAddEstimate(cosine, r2, Vector256.Create(-0.5f));
        cosine = Vector256.MultiplyAddEstimate(cosine, r2, Vector256<float>.One);
        var isSine = Vector256.Equals(quadrants & Vector256<int>.One, Vector256<int>.Zero).AsSingle();
        var sign = Vector256.ShiftLeft(quadrants & Vector256.Create(2), 30).AsSingle();
        return Vector256.ConditionalSelect(isSine, sine, cosine) ^ sign;
    }

    // x − n·π/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ReduceQuadrants(Vector256<double> x, Vector256<double> shifted)
    {
        var n = Vector256.Create(IntegerShift) - shifted;
        return Vector256.FusedMultiplyAdd(n, Vector256.Create(HalfPiLow), Vector256.FusedMultiplyAdd(n, Vector256.Create(HalfPiHigh), x));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> WithFarSines(Vector256<float> sine, Vector256<float> x)
    {
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            if (MathF.Abs(x.GetElement(lane)) > TrigonometricLimit)
                sine = sine.WithElement(lane, MathF.Sin(x.GetElement(lane)));
        }

        return sine;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> WithFarCosines(Vector256<float> cosine, Vector256<float> x)
    {
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            if (MathF.Abs(x.GetElement(lane)) > TrigonometricLimit)
                cosine = cosine.WithElement(lane, MathF.Cos(x.GetElement(lane)));
        }

        return cosine;
    }
}
