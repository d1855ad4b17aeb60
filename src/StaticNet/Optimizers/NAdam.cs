using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Adam with Nesterov's momentum, which grows over the first steps. Dozat, 2016.</summary>
/// <remarks>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g². With μₜ = β₁(1 − ½ · 0.96^(t · momentumDecay)) and Mₜ = μ₁ · … · μₜ, at step t
/// p ← p − rate · ((1 − μₜ)/(1 − Mₜ) · g + μₜ₊₁/(1 − Mₜ₊₁) · m) / (√(v / (1 − β₂ᵗ)) + ε), as in PyTorch.
/// </remarks>
public sealed class NAdam : Optimizer, IVectorUpdate
{
    private readonly MomentSettings _moments;

    // The product of the momenta to the step of parameters that have never been frozen: a cache, made again after a load.
    private double _product = 1;
    private long _number;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.002.</param>
    /// <param name="beta1">The fraction of the gradients' average that is kept at each step, at least 0 and less than 1. Default: 0.9.</param>
    /// <param name="beta2">The fraction of the squares' average that is kept at each step, at least 0 and less than 1. Default: 0.999.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻⁸.</param>
    /// <param name="momentumDecay">How fast the momentum grows to β₁, finite and 0 or more. Default: 0.004.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public NAdam(float learningRate = 2e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f, float momentumDecay = 4e-3f)
        : base(learningRate, "mean", "square")
    {
        _moments = new MomentSettings(beta1, beta2, epsilon);
        MomentumDecay = Figures.RequireFinite(momentumDecay, nameof(momentumDecay));
    }

    /// <summary>β₁, the fraction of the gradients' average that is kept at each step.</summary>
    public double Beta1 => _moments.Beta1;

    /// <summary>β₂, the fraction of the average of squares that is kept at each step.</summary>
    public double Beta2 => _moments.Beta2;

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon => _moments.Epsilon;

    /// <summary>How fast the momentum grows to β₁.</summary>
    public float MomentumDecay { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        _moments.Describe(settings);
        settings.Add("momentum_decay", MomentumDecay);
    }

    private protected override void Prepare()
    {
        var number = StepCount + 1;
        _product = number == _number + 1 ? Renewed(_product, number) : ProductTo(number);
        _number = number;
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var (momentum, next) = (MomentumAt(step.Number), MomentumAt(step.Number + 1));
        var product = step.Number == _number ? _product : ProductTo(step.Number);
        var ofGradient = (float)(step.LearningRate * (1 - momentum) / (1 - product));
        var ofMean = (float)(step.LearningRate * next / (1 - (product * next)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step.Number)));
        UpdateLoop<TVector>.Run(new Rule<TVector>(_moments.Factors<TVector>(), ofGradient, ofMean, correction, Epsilon), step, step.WeightDecay, State(0, step), State(1, step));
    }

    private double MomentumAt(long number) => Beta1 * (1 - (0.5 * Math.Pow(0.96, number * (double)MomentumDecay)));

    /// <summary>The product of the momenta, multiplied in the steps' order, so that it has the bits of one that was renewed at each.</summary>
    private double ProductTo(long number)
    {
        var product = 1.0;
        for (var step = 1L; step <= number && product > 0; step++)
            product = Renewed(product, step);
        return product;
    }

    /// <summary>The product with one more momentum, 0 once it is too small to count beside 1: with usual figures after about 60 steps.</summary>
    private double Renewed(double product, long number)
    {
        product *= MomentumAt(number);
        return product < 1e-17 ? 0 : product;
    }

    private readonly struct Rule<TVector>(MomentFactors<TVector> factors, float ofGradient, float ofMean, float correction, float epsilon) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly MomentFactors<TVector> _factors = factors;
        private readonly TVector _ofGradient = TVector.Create(ofGradient);
        private readonly TVector _ofMean = TVector.Create(ofMean);
        private readonly TVector _correction = TVector.Create(correction);
        private readonly TVector _epsilon = TVector.Create(epsilon);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            _factors.Renew(gradient, ref first, ref second);
            var divisor = TVector.MultiplyAdd(TVector.SquareRoot(second), _correction, _epsilon);
            return parameter - (VectorMath.SumOfProducts(gradient, _ofGradient, first, _ofMean) / divisor);
        }
    }
}
