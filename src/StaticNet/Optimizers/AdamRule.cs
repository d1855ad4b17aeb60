using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What Adam and AdamW do to a vector; with <typeparamref name="TAmsGrad"/> the square's largest average divides.</summary>
internal readonly struct AdamRule<TVector, TAmsGrad>(
    MomentFactors<TVector> factors, float rate, float correction, float epsilon, float decoupledDecay) : IUpdateRule<TVector>
    where TVector : struct, IVector<TVector>
    where TAmsGrad : struct, ISwitch
{
    private readonly MomentFactors<TVector> _factors = factors;
    private readonly TVector _rate = TVector.Create(rate);
    private readonly TVector _correction = TVector.Create(correction);
    private readonly TVector _epsilon = TVector.Create(epsilon);
    private readonly TVector _lost = TVector.Create(-decoupledDecay);

    public static int StateCount
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TAmsGrad.IsOn ? 3 : 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
    {
        _factors.Renew(gradient, ref first, ref second);
        var square = second;
        if (TAmsGrad.IsOn)
            square = third = TVector.Max(third, second);
        var divisor = TVector.MultiplyAdd(TVector.SquareRoot(square), _correction, _epsilon);
        return TVector.MultiplyAdd(parameter, _lost, parameter) - (first * _rate / divisor);
    }
}
