using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Gradients divided by the root of their mean square; optionally with momentum, and centred. Hinton, 2012.</summary>
/// <remarks>
/// v ← αv + (1 − α)g². If centred, a ← αa + (1 − α)g, and the divisor uses v − a² (Graves, 2013) instead of v. d = g / (√v + ε).
/// Without momentum, p ← p − rate · d; with momentum, b ← momentum · b + d and p ← p − rate · b. As in PyTorch, ε is outside the
/// root.
/// </remarks>
public sealed class RMSprop : Optimizer, IVectorUpdate
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.01.</param>
    /// <param name="alpha">The fraction of the averages that is kept at each step, at least 0 and less than 1. Default: 0.99.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻⁸.</param>
    /// <param name="momentum">The fraction of the last change that is kept, at least 0 and less than 1. Default: 0.</param>
    /// <param name="centered">Whether to divide by the root of the gradients' variance instead of their mean square. Default:
    /// false.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RMSprop(float learningRate = 1e-2f, double alpha = 0.99, float epsilon = 1e-8f, float momentum = 0, bool centered = false)
        : base(learningRate, ["square", .. centered ? (string[])["mean"] : [], .. momentum == 0 ? (string[])[] : ["momentum"]])
    {
        Figures.RequireFraction(momentum, nameof(momentum));
        Alpha = Figures.RequireFraction(alpha, nameof(alpha));
        Epsilon = Figures.RequireFinitePositive(epsilon, nameof(epsilon));
        Momentum = momentum;
        Centered = centered;
    }

    /// <summary>α, the fraction of the averages that is kept at each step.</summary>
    public double Alpha { get; }

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon { get; }

    /// <summary>The fraction of the last change that is kept.</summary>
    public float Momentum { get; }

    /// <summary>Whether to divide by the root of the gradients' variance instead of their mean square.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("alpha", Alpha);
        settings.Add("epsilon", Epsilon);
        settings.Add("momentum", Momentum);
        settings.Add("centered", Centered);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        switch (Centered, Momentum > 0)
        {
            case (false, false):
                UpdateLoop<TVector>.Run(RuleOf<TVector, Off, Off>(step), step, step.WeightDecay, State(0, step));
                break;
            case (false, true):
                UpdateLoop<TVector>.Run(RuleOf<TVector, Off, On>(step), step, step.WeightDecay, State(0, step), State(1, step));
                break;
            case (true, false):
                UpdateLoop<TVector>.Run(RuleOf<TVector, On, Off>(step), step, step.WeightDecay, State(0, step), State(1, step));
                break;
            case (true, true):
                UpdateLoop<TVector>.Run(RuleOf<TVector, On, On>(step), step, step.WeightDecay, State(0, step), State(1, step), State(2, step));
                break;
        }
    }

    private Rule<TVector, TCentered, TMomentum> RuleOf<TVector, TCentered, TMomentum>(in OptimizerStep step)
        where TVector : struct, IVector<TVector>
        where TCentered : struct, ISwitch
        where TMomentum : struct, ISwitch => new(step.LearningRate, (float)Alpha, (float)(1 - Alpha), Epsilon, Momentum);

    private readonly struct Rule<TVector, TCentered, TMomentum>(float rate, float old, float share, float epsilon, float momentum) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
        where TCentered : struct, ISwitch
        where TMomentum : struct, ISwitch
    {
        private readonly TVector _rate = TVector.Create(-rate);
        private readonly TVector _old = TVector.Create(old);
        private readonly TVector _share = TVector.Create(share);
        private readonly TVector _epsilon = TVector.Create(epsilon);
        private readonly TVector _momentum = TVector.Create(momentum);

        public static int StateCount
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 1 + (TCentered.IsOn ? 1 : 0) + (TMomentum.IsOn ? 1 : 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            first = VectorMath.SumOfProducts(first, _old, gradient * gradient, _share);
            var square = first;
            if (TCentered.IsOn)
            {
                second = VectorMath.SumOfProducts(second, _old, gradient, _share);
                // Rounding can take a variance of zero below it.
                square = TVector.Max(TVector.Create(0), square - (second * second));
            }

            var change = gradient / (TVector.SquareRoot(square) + _epsilon);
            if (TMomentum.IsOn)
            {
                ref var velocity = ref TCentered.IsOn ? ref third : ref second;
                velocity = change = TVector.MultiplyAdd(velocity, _momentum, change);
            }

            return TVector.MultiplyAdd(change, _rate, parameter);
        }
    }
}
