using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What Adam and AdamW do to a vector; with <typeparamref name="TAmsGrad"/> the square's largest average divides.</summary>
internal readonly struct AdamRule<TAmsGrad>(MomentFactors factors, float rate, float correction, float epsilon, float decoupledDecay) : IUpdateRule
    where TAmsGrad : struct, ISwitch
{
    public static int StateCount => TAmsGrad.IsOn ? 3 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Apply(
        Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second, ref Vector<float> third)
    {
        factors.Renew(gradient, ref first, ref second);
        var square = second;
        if (TAmsGrad.IsOn)
            square = third = Vector.Max(third, second);
        var divisor = (Vector.SquareRoot(square) * correction) + new Vector<float>(epsilon);
        return parameter - (parameter * decoupledDecay) - (first * rate / divisor);
    }
}
