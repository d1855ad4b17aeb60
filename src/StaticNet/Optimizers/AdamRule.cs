using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What Adam and AdamW do to a vector; with <typeparamref name="TAmsGrad"/> the square's largest average divides.</summary>
internal readonly struct AdamRule<TAmsGrad>(MomentFactors factors, float rate, float correction, float epsilon, float decoupledDecay) : IUpdateRule
    where TAmsGrad : struct, ISwitch
{
    private readonly MomentFactors _factors = factors;
    private readonly Vector<float> _rate = new(rate);
    private readonly Vector<float> _correction = new(correction);
    private readonly Vector<float> _epsilon = new(epsilon);
    private readonly Vector<float> _lost = new(-decoupledDecay);

    public static int StateCount => TAmsGrad.IsOn ? 3 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Apply(
        Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second, ref Vector<float> third)
    {
        _factors.Renew(gradient, ref first, ref second);
        var square = second;
        if (TAmsGrad.IsOn)
            square = third = Vector.MaxNative(third, second);
        var divisor = Vector.MultiplyAddEstimate(Vector.SquareRoot(square), _correction, _epsilon);
        return Vector.MultiplyAddEstimate(parameter, _lost, parameter) - (first * _rate / divisor);
    }
}
