using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Steps in proportion to past changes over past gradients, without a learning rate to choose. Zeiler, 2012.</summary>
/// <remarks>v ← ρv + (1 − ρ)g², Δ = √((u + ε)/(v + ε)) · g, u ← ρu + (1 − ρ)Δ², p ← p − rate · Δ.</remarks>
public sealed class Adadelta : Optimizer, IVectorUpdate
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The factor of each change, finite and 0 or more. Default: 1.</param>
    /// <param name="rho">The fraction of the averages that is kept at each step, at least 0 and less than 1. Default: 0.9.</param>
    /// <param name="epsilon">A positive number that makes the first changes possible and keeps the divisor above 0. Default:
    /// 10⁻⁶.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adadelta(float learningRate = 1, double rho = 0.9, float epsilon = 1e-6f)
        : base(learningRate, "square", "change_square")
    {
        Rho = Figures.RequireFraction(rho, nameof(rho));
        Epsilon = Figures.RequireFinitePositive(epsilon, nameof(epsilon));
    }

    /// <summary>ρ, the fraction of the averages that is kept at each step.</summary>
    public double Rho { get; }

    /// <summary>ε, which makes the first changes possible and keeps the divisor above 0.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("rho", Rho);
        settings.Add("epsilon", Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step) =>
        UpdateLoop<TVector>.Run(new Rule<TVector>(step.LearningRate, (float)Rho, (float)(1 - Rho), Epsilon), step, step.WeightDecay, State(0, step), State(1, step));

    private readonly struct Rule<TVector>(float rate, float old, float share, float epsilon) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly TVector _rate = TVector.Create(-rate);
        private readonly TVector _old = TVector.Create(old);
        private readonly TVector _share = TVector.Create(share);
        private readonly TVector _epsilon = TVector.Create(epsilon);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            first = VectorMath.SumOfProducts(first, _old, gradient * gradient, _share);
            // One root of the quotient instead of the quotient of two roots.
            var ratio = (second + _epsilon) / (first + _epsilon);
            var change = TVector.SquareRoot(ratio) * gradient;
            second = VectorMath.SumOfProducts(second, _old, change * change, _share);
            return TVector.MultiplyAdd(change, _rate, parameter);
        }
    }
}
