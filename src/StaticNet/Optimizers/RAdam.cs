using System.Runtime.CompilerServices;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Adam that divides by the root of the mean square only once that is known well enough. Liu et al., 2019.</summary>
/// <remarks>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g². With ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), at step t
/// p ← p − rate · m / (1 − β₁ᵗ) · r, where r = 1 while ρₜ ≤ 5, and then
/// √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)) · √(1 − β₂ᵗ) / (√v + ε), as in PyTorch.
/// </remarks>
public sealed class RAdam : Optimizer, IVectorUpdate
{
    private readonly MomentSettings _moments;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.001.</param>
    /// <param name="beta1">The fraction of the gradients' average that is kept at each step, at least 0 and less than 1. Default: 0.9.</param>
    /// <param name="beta2">The fraction of the squares' average that is kept at each step, at least 0 and less than 1. Default: 0.999.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻⁸.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RAdam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f)
        : base(learningRate, "mean", "square") => _moments = new MomentSettings(beta1, beta2, epsilon);

    /// <summary>β₁, the fraction of the gradients' average that is kept at each step.</summary>
    public double Beta1 => _moments.Beta1;

    /// <summary>β₂, the fraction of the average of squares that is kept at each step.</summary>
    public double Beta2 => _moments.Beta2;

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon => _moments.Epsilon;

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        _moments.Describe(settings);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var power = Math.Pow(Beta2, step.Number);
        var rate = step.LearningRate / (1 - Math.Pow(Beta1, step.Number));
        var longest = (2 / (1 - Beta2)) - 1;
        var length = longest - (2 * step.Number * power / (1 - power));
        var first = State(0, step);
        var second = State(1, step);
        if (length <= 5)
        {
            UpdateLoop<TVector>.Run(new PlainRule<TVector>(_moments.Factors<TVector>(), (float)rate), step, step.WeightDecay, first, second);
            return;
        }

        rate *= Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length) * (1 - power));
        UpdateLoop<TVector>.Run(new RectifiedRule<TVector>(_moments.Factors<TVector>(), (float)rate, Epsilon), step, step.WeightDecay, first, second);
    }

    private readonly struct PlainRule<TVector>(MomentFactors<TVector> factors, float rate) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly MomentFactors<TVector> _factors = factors;
        private readonly TVector _rate = TVector.Create(-rate);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            _factors.Renew(gradient, ref first, ref second);
            return TVector.MultiplyAdd(first, _rate, parameter);
        }
    }

    private readonly struct RectifiedRule<TVector>(MomentFactors<TVector> factors, float rate, float epsilon) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly MomentFactors<TVector> _factors = factors;
        private readonly TVector _rate = TVector.Create(rate);
        private readonly TVector _epsilon = TVector.Create(epsilon);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            _factors.Renew(gradient, ref first, ref second);
            return parameter - (first * _rate / (TVector.SquareRoot(second) + _epsilon));
        }
    }
}
