using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>
/// Stochastic gradient descent, optionally with momentum. The settings are those of PyTorch, and of ONNX's Momentum with alpha =
/// momentum and beta = 1 − dampening.
/// </summary>
/// <remarks>
/// <para>g = gradient + weightDecay · p. Without momentum, p ← p − rate · g. With momentum, v ← momentum · v + (1 − dampening) ·
/// g (in the first step, v = g), then p ← p − rate · v or, with Nesterov, p ← p − rate · (g + momentum · v).</para>
/// <para>Polyak, 1964; Nesterov, 1983, in the form of Sutskever et al., 2013.</para>
/// </remarks>
public sealed class Sgd : Optimizer, IVectorUpdate
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more.</param>
    /// <param name="momentum">The fraction of the last change that is kept, at least 0 and less than 1. Default: 0.</param>
    /// <param name="dampening">The fraction of the gradient that is not added to the momentum, 0 to 1. Default: 0.</param>
    /// <param name="nesterov">Whether the gradient is taken as if after the momentum's change. It needs momentum. PyTorch then
    /// requires a dampening of 0; ONNX does not.
    /// </param>
    /// <exception cref="ArgumentException">A figure is outside its range, or Nesterov comes without momentum.</exception>
    public Sgd(float learningRate, float momentum = 0, float dampening = 0, bool nesterov = false)
        : base(learningRate, momentum == 0 ? [] : ["momentum"])
    {
        Figures.RequireFraction(momentum, nameof(momentum));
        if (!(dampening is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(dampening), dampening, "Expected a number from 0 to 1.");
        if (nesterov && momentum == 0)
            throw new ArgumentException("Nesterov needs a momentum above 0; it is 0.", nameof(nesterov));
        Momentum = momentum;
        Dampening = dampening;
        Nesterov = nesterov;
    }

    /// <summary>The fraction of the last change that is kept.</summary>
    public float Momentum { get; }

    /// <summary>The fraction of the gradient that is not added to the momentum.</summary>
    public float Dampening { get; }

    /// <summary>Whether the gradient is taken as if after the momentum's change.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("momentum", Momentum);
        settings.Add("dampening", Dampening);
        settings.Add("nesterov", Nesterov);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        if (Momentum == 0)
        {
            UpdateLoop<TVector>.Run(new PlainRule<TVector>(step.LearningRate), step, step.WeightDecay);
            return;
        }

        var share = step.Number == 1 ? 1 : 1 - Dampening;
        var (ofGradient, ofVelocity) = Nesterov ? (1f, Momentum) : (0f, 1f);
        UpdateLoop<TVector>.Run(new MomentumRule<TVector>(step.LearningRate, Momentum, share, ofGradient, ofVelocity), step, step.WeightDecay, State(0, step));
    }

    private readonly struct PlainRule<TVector>(float learningRate) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly TVector _rate = TVector.Create(-learningRate);

        public static int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third) =>
            TVector.MultiplyAdd(gradient, _rate, parameter);
    }

    private readonly struct MomentumRule<TVector>(float learningRate, float momentum, float share, float ofGradient, float ofVelocity) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly TVector _momentum = TVector.Create(momentum);
        private readonly TVector _share = TVector.Create(share);
        private readonly TVector _ofGradient = TVector.Create(-learningRate * ofGradient);
        private readonly TVector _ofVelocity = TVector.Create(-learningRate * ofVelocity);

        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            first = VectorMath.SumOfProducts(first, _momentum, gradient, _share);
            return TVector.MultiplyAdd(gradient, _ofGradient, TVector.MultiplyAdd(first, _ofVelocity, parameter));
        }
    }
}
