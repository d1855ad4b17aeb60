using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What is done to a gradient before an update rule takes it. Of zeros of either sign it makes +0.</summary>
/// <typeparam name="TVector">The vectors.</typeparam>
internal interface IGradientRule<TVector>
    where TVector : struct, IVector<TVector>
{
    /// <summary>The gradient that the rule takes.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="gradient">The gradients of the loss.</param>
    TVector Of(TVector parameter, TVector gradient);
}

/// <summary>scale · gradient + decay · parameter: the clipped gradient of the loss with the L2 penalty ½ · decay · ‖p‖².</summary>
internal readonly struct DecayedGradient<TVector>(float scale, float decay) : IGradientRule<TVector>
    where TVector : struct, IVector<TVector>
{
    private readonly TVector _scale = TVector.Create(scale);
    private readonly TVector _decay = TVector.Create(decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of(TVector parameter, TVector gradient) => VectorMath.SumOfProducts(gradient, _scale, parameter, _decay);
}

/// <summary>The same with what fewer ask for: elements clipped by value, and the L1 penalty l1 · ‖p‖₁.</summary>
internal readonly struct PenalizedGradient<TVector>(float limit, float scale, float decay, float l1) : IGradientRule<TVector>
    where TVector : struct, IVector<TVector>
{
    private readonly TVector _limit = TVector.Create(limit);
    private readonly TVector _scale = TVector.Create(scale);
    private readonly TVector _decay = TVector.Create(decay);
    private readonly TVector _l1 = TVector.Create(l1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of(TVector parameter, TVector gradient) =>
        VectorMath.SumOfProducts(VectorMath.Clamp(gradient, _limit), _scale, parameter, _decay) + VectorMath.ScaledSign(parameter, _l1);
}
