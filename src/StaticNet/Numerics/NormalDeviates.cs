using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>
/// Standard normal numbers, computed where they are used: what an element gets depends only on seed, layer, sample and element, as
/// with <see cref="DropoutMask"/>, whose <see cref="DropoutMask.Key"/> gives the key of a row.
/// </summary>
/// <remarks>
/// A uniform number of 23 bits through the inverse of the normal distribution: √2 · erf⁻¹(2u − 1), with the single-precision
/// polynomials of Giles, "Approximating the erfinv function", 2010.
/// </remarks>
public static class NormalDeviates
{
    private const float Unit = 1f / (1 << 23);
    private const float TwiceRootOfTwo = 2.8284271f;

    /// <summary>The deviates of 4 elements in a row.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="element">The index of the first element in the row.</param>
    /// <returns>Numbers from −5.5 to 5.5.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Draw128(uint key, uint element)
    {
        var half = Vector128.Create(0.5f);
        var uniform = (Vector128.ConvertToSingle(Vector128.ShiftRightLogical(DropoutMask.Hash128(key, element, 1), 9).AsInt32()) + half) * Vector128.Create(Unit);
        var rest = Vector128<float>.One - uniform;
        // w = −log(1 − x²) with x = 2u − 1.
        var w = -FastMath.Log(uniform * rest * Vector128.Create(4f));
        var near = w - Vector128.Create(2.5f);
        var far = Vector128.Sqrt(w) - Vector128.Create(3f);
        var isNear = Vector128.LessThan(w, Vector128.Create(5f));
        var x = Vector128.ConditionalSelect(isNear, near, far);
        var p = Vector128.ConditionalSelect(isNear, Vector128.Create(2.81022636e-08f), Vector128.Create(-0.000200214257f));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(3.43273939e-07f), Vector128.Create(0.000100950558f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(-3.5233877e-06f), Vector128.Create(0.00134934322f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(-4.39150654e-06f), Vector128.Create(-0.00367342844f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(0.00021858087f), Vector128.Create(0.00573950773f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(-0.00125372503f), Vector128.Create(-0.0076224613f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(-0.00417768164f), Vector128.Create(0.00943887047f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(0.246640727f), Vector128.Create(1.00167406f)));
        p = Vector128.MultiplyAddEstimate(p, x, Vector128.ConditionalSelect(isNear, Vector128.Create(1.50140941f), Vector128.Create(2.83297682f)));
        return p * (uniform - half) * Vector128.Create(TwiceRootOfTwo);
    }

    /// <summary>The deviates of 8 elements in a row.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="element">The index of the first element in the row.</param>
    /// <returns>Numbers from −5.5 to 5.5.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Draw256(uint key, uint element)
    {
        var half = Vector256.Create(0.5f);
        var uniform = (Vector256.ConvertToSingle(Vector256.ShiftRightLogical(DropoutMask.Hash256(key, element, 1), 9).AsInt32()) + half) * Vector256.Create(Unit);
        var rest = Vector256<float>.One - uniform;
        // w = −log(1 − x²) with x = 2u − 1.
        var w = -FastMath.Log(uniform * rest * Vector256.Create(4f));
        var near = w - Vector256.Create(2.5f);
        var far = Vector256.Sqrt(w) - Vector256.Create(3f);
        var isNear = Vector256.LessThan(w, Vector256.Create(5f));
        var x = Vector256.ConditionalSelect(isNear, near, far);
        var p = Vector256.ConditionalSelect(isNear, Vector256.Create(2.81022636e-08f), Vector256.Create(-0.000200214257f));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(3.43273939e-07f), Vector256.Create(0.000100950558f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(-3.5233877e-06f), Vector256.Create(0.00134934322f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(-4.39150654e-06f), Vector256.Create(-0.00367342844f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(0.00021858087f), Vector256.Create(0.00573950773f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(-0.00125372503f), Vector256.Create(-0.0076224613f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(-0.00417768164f), Vector256.Create(0.00943887047f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(0.246640727f), Vector256.Create(1.00167406f)));
        p = Vector256.MultiplyAddEstimate(p, x, Vector256.ConditionalSelect(isNear, Vector256.Create(1.50140941f), Vector256.Create(2.83297682f)));
        return p * (uniform - half) * Vector256.Create(TwiceRootOfTwo);
    }

    /// <summary>The deviates of 16 elements in a row.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="element">The index of the first element in the row.</param>
    /// <returns>Numbers from −5.5 to 5.5.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Draw512(uint key, uint element)
    {
        var half = Vector512.Create(0.5f);
        var uniform = (Vector512.ConvertToSingle(Vector512.ShiftRightLogical(DropoutMask.Hash512(key, element, 1), 9).AsInt32()) + half) * Vector512.Create(Unit);
        var rest = Vector512<float>.One - uniform;
        // w = −log(1 − x²) with x = 2u − 1.
        var w = -FastMath.Log(uniform * rest * Vector512.Create(4f));
        var near = w - Vector512.Create(2.5f);
        var far = Vector512.Sqrt(w) - Vector512.Create(3f);
        var isNear = Vector512.LessThan(w, Vector512.Create(5f));
        var x = Vector512.ConditionalSelect(isNear, near, far);
        var p = Vector512.ConditionalSelect(isNear, Vector512.Create(2.81022636e-08f), Vector512.Create(-0.000200214257f));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(3.43273939e-07f), Vector512.Create(0.000100950558f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(-3.5233877e-06f), Vector512.Create(0.00134934322f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(-4.39150654e-06f), Vector512.Create(-0.00367342844f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(0.00021858087f), Vector512.Create(0.00573950773f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(-0.00125372503f), Vector512.Create(-0.0076224613f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(-0.00417768164f), Vector512.Create(0.00943887047f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(0.246640727f), Vector512.Create(1.00167406f)));
        p = Vector512.MultiplyAddEstimate(p, x, Vector512.ConditionalSelect(isNear, Vector512.Create(1.50140941f), Vector512.Create(2.83297682f)));
        return p * (uniform - half) * Vector512.Create(TwiceRootOfTwo);
    }
}
