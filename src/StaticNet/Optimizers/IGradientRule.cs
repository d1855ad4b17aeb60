using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What is done to a gradient before an update rule takes it. Of zeros of either sign it makes +0.</summary>
internal interface IGradientRule
{
    /// <summary>The gradient that the rule takes.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="gradient">The gradients of the loss.</param>
    Vector<float> Of(Vector<float> parameter, Vector<float> gradient);
}

/// <summary>scale · gradient + decay · parameter: the clipped gradient of the loss with the L2 penalty ½ · decay · ‖p‖².</summary>
internal readonly struct DecayedGradient(float scale, float decay) : IGradientRule
{
    private readonly Vector<float> _scale = new(scale);
    private readonly Vector<float> _decay = new(decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Of(Vector<float> parameter, Vector<float> gradient) => VectorMath.SumOfProducts(gradient, _scale, parameter, _decay);
}

/// <summary>The same with what fewer ask for: elements clipped by value, and the L1 penalty l1 · ‖p‖₁.</summary>
internal readonly struct PenalizedGradient(float limit, float scale, float decay, float l1) : IGradientRule
{
    private readonly Vector<float> _smallest = new(-limit);
    private readonly Vector<float> _largest = new(limit);
    private readonly Vector<float> _scale = new(scale);
    private readonly Vector<float> _decay = new(decay);
    private readonly Vector<float> _l1 = new(l1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Of(Vector<float> parameter, Vector<float> gradient)
    {
        gradient = Vector.Min(Vector.Max(gradient, _smallest), _largest);
        return VectorMath.SumOfProducts(gradient, _scale, parameter, _decay) + VectorMath.ScaledSign(parameter, _l1);
    }
}
