using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>
/// Steps of constant size, along the sign of a momentum. Weight decay is decoupled: separately from the gradient, p ← p − rate ·
/// weightDecay · p. Chen et al., 2023.
/// </summary>
/// <remarks>
/// p ← p − rate · (sign(β₁m + (1 − β₁)g) + weightDecay · p), then m ← β₂m + (1 − β₂)g; sign(0) is 0. It needs a learning rate 3
/// to 10 times smaller than that of AdamW, and a weight decay larger by the same factor.
/// </remarks>
public sealed class Lion : Optimizer, IVectorUpdate
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.0001.</param>
    /// <param name="beta1">The fraction of the momentum in the direction of a step, at least 0 and less than 1. Default:
    /// 0.9.</param>
    /// <param name="beta2">The fraction of the momentum that is kept at each step, at least 0 and less than 1. Default: 0.99.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Lion(float learningRate = 1e-4f, double beta1 = 0.9, double beta2 = 0.99)
        : base(learningRate, "momentum")
    {
        Beta1 = Figures.RequireFraction(beta1, nameof(beta1));
        Beta2 = Figures.RequireFraction(beta2, nameof(beta2));
    }

    /// <summary>β₁, the fraction of the momentum in the direction of a step.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the fraction of the momentum that is kept at each step.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("beta1", Beta1);
        settings.Add("beta2", Beta2);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var rule = new Rule<TVector>(
            (float)Beta1, (float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2), step.LearningRate, step.LearningRate * step.WeightDecay);
        UpdateLoop<TVector>.Run(rule, step, gradientDecay: 0, State(0, step));
    }

    private readonly struct Rule<TVector>(float old, float share, float oldKept, float shareKept, float rate, float decoupledDecay) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly TVector _old = TVector.Create(old);
        private readonly TVector _share = TVector.Create(share);
        private readonly TVector _oldKept = TVector.Create(oldKept);
        private readonly TVector _shareKept = TVector.Create(shareKept);
        private readonly TVector _rate = TVector.Create(rate);
        private readonly TVector _lost = TVector.Create(-decoupledDecay);

        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            var direction = VectorMath.SumOfProducts(first, _old, gradient, _share);
            first = VectorMath.SumOfProducts(first, _oldKept, gradient, _shareKept);
            return TVector.MultiplyAdd(parameter, _lost, parameter) - VectorMath.ScaledSign(direction, _rate);
        }
    }
}
