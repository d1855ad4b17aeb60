using System.Runtime.CompilerServices;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Adam with the largest magnitude, which decays, instead of the root of the mean square. Kingma and Ba, 2014, section
/// 7.1.</summary>
/// <remarks>m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), and at step t p ← p − rate / (1 − β₁ᵗ) · m / u.</remarks>
public sealed class Adamax : Optimizer, IVectorUpdate
{
    private readonly MomentSettings _moments;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.002.</param>
    /// <param name="beta1">The fraction of the gradients' average that is kept at each step, at least 0 and less than 1. Default: 0.9.</param>
    /// <param name="beta2">The fraction of the largest magnitude that is kept at each step, at least 0 and less than 1. Default: 0.999.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻⁸.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adamax(float learningRate = 2e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f)
        : base(learningRate, "mean", "largest") => _moments = new MomentSettings(beta1, beta2, epsilon);

    /// <summary>β₁, the fraction of the gradients' average that is kept at each step.</summary>
    public double Beta1 => _moments.Beta1;

    /// <summary>β₂, the fraction of the largest magnitude that is kept at each step.</summary>
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
        var rate = (float)(step.LearningRate / (1 - Math.Pow(Beta1, step.Number)));
        var rule = new Rule<TVector>(_moments.Factors<TVector>(), rate, (float)Beta2, Epsilon);
        UpdateLoop<TVector>.Run(rule, step, step.WeightDecay, State(0, step), State(1, step));
    }

    private readonly struct Rule<TVector>(MomentFactors<TVector> factors, float rate, float oldLargest, float epsilon) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly MomentFactors<TVector> _factors = factors;
        private readonly TVector _rate = TVector.Create(rate);
        private readonly TVector _oldLargest = TVector.Create(oldLargest);
        private readonly TVector _epsilon = TVector.Create(epsilon);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            _factors.RenewMean(gradient, ref first);
            // Nothing has come yet where both are zero, as in padding: the state stays zero, and the mean is zero too. The next
            // gradient makes it what ε would have made it, which is less than any gradient with ε.
            var size = TVector.Abs(gradient);
            var largest = TVector.Max(second * _oldLargest, size + _epsilon);
            second = TVector.Select(TVector.IsZero(second + size), TVector.Create(0), largest);
            return parameter - (first * _rate / largest);
        }
    }
}
