using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>
/// Resilient propagation: each parameter has its own step size, which grows while the gradient keeps its sign and shrinks when
/// the sign changes. For full batches: with small ones, noise changes signs by chance. Riedmiller and Braun, 1993, in the form
/// that forgets the gradient after a change of sign (Rprop⁻), as in PyTorch.
/// </summary>
/// <remarks>
/// If the gradient has kept its sign, s ← min(s · increase, largest); if the sign has changed, s ← max(s · decrease, smallest)
/// and the gradient counts as 0. Then p ← p − s · sign(g). Step sizes start at the learning rate; later changes of the rate by a
/// schedule only affect parameters whose gradient has been 0 in every step before, or in every other one.
/// </remarks>
public sealed class Rprop : Optimizer, IVectorUpdate
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The first step size, finite and 0 or more. Default: 0.01.</param>
    /// <param name="decrease">The factor of a step size when the gradient changes its sign, above 0 and below 1. Default:
    /// 0.5.</param>
    /// <param name="increase">The factor of a step size when it does not, finite and above 1. Default: 1.2.</param>
    /// <param name="smallest">The smallest step size, finite and above 0. Default: 10⁻⁶.</param>
    /// <param name="largest">The largest step size, finite and at least the smallest. Default: 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Rprop(float learningRate = 1e-2f, float decrease = 0.5f, float increase = 1.2f, float smallest = 1e-6f, float largest = 50)
        : base(learningRate, "gradient", "step_size")
    {
        if (decrease is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(decrease), decrease, "Expected a number above 0 and below 1.");
        if (!(increase > 1 && float.IsFinite(increase)))
            throw new ArgumentOutOfRangeException(nameof(increase), increase, "Expected a finite number above 1.");
        if (!(largest >= smallest && float.IsFinite(largest)))
            throw new ArgumentOutOfRangeException(nameof(largest), largest, $"Expected a finite number that is not below the smallest step size, {smallest}.");
        Decrease = decrease;
        Increase = increase;
        Smallest = Figures.RequireFinitePositive(smallest, nameof(smallest));
        Largest = largest;
    }

    /// <summary>The factor of a step size when the gradient changes its sign.</summary>
    public float Decrease { get; }

    /// <summary>The factor of a step size when the gradient does not change its sign.</summary>
    public float Increase { get; }

    /// <summary>The smallest step size.</summary>
    public float Smallest { get; }

    /// <summary>The largest step size.</summary>
    public float Largest { get; }

    /// <summary>True: the signs of gradients are only reliable for full batches.</summary>
    public override bool NeedsFullBatch => true;

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("decrease", Decrease);
        settings.Add("increase", Increase);
        settings.Add("smallest", Smallest);
        settings.Add("largest", Largest);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var start = Math.Clamp(step.LearningRate, Smallest, Largest);
        UpdateLoop<TVector>.Run(new Rule<TVector>(start, Decrease, Increase, Smallest, Largest), step, step.WeightDecay, State(0, step), State(1, step));
    }

    private readonly struct Rule<TVector>(float start, float decrease, float increase, float smallest, float largest) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly TVector _start = TVector.Create(start);
        private readonly TVector _decrease = TVector.Create(decrease);
        private readonly TVector _increase = TVector.Create(increase);
        private readonly TVector _smallest = TVector.Create(smallest);
        private readonly TVector _largest = TVector.Create(largest);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            // A stored size of zero is one that has never changed: so that of padding stays zero.
            var size = TVector.Select(TVector.IsZero(second), _start, second);
            var product = gradient * first;
            var grows = TVector.GreaterThan(product, TVector.Create(0));
            var turns = TVector.GreaterThan(TVector.Create(0), product);
            size = TVector.Select(grows, TVector.Min(size * _increase, _largest), size);
            size = TVector.Select(turns, TVector.Max(size * _decrease, _smallest), size);
            second = TVector.Select(grows | turns, size, second);
            first = TVector.Select(turns, TVector.Create(0), gradient);
            return parameter - VectorMath.ScaledSign(first, size);
        }
    }
}
