using System.Runtime.CompilerServices;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>
/// Steps that shrink with the sum of all squares of a gradient so far. Duchi et al., 2011. The settings are those of PyTorch, and
/// of ONNX's Adagrad with decay_factor = learningRateDecay and norm_coefficient = <see cref="Optimizer.WeightDecay"/>.
/// </summary>
/// <remarks>s ← s + g², and at step t p ← p − rate / (1 + (t − 1) · learningRateDecay) · g / (√s + ε).</remarks>
public sealed class Adagrad : Optimizer, IVectorUpdate
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.01.</param>
    /// <param name="learningRateDecay">How fast the learning rate also falls with the steps, finite and 0 or more. Default:
    /// 0.</param>
    /// <param name="initialSquare">The initial sums of squares, finite and 0 or more. Default: 0.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻¹⁰.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adagrad(float learningRate = 1e-2f, float learningRateDecay = 0, float initialSquare = 0, float epsilon = 1e-10f)
        : base(learningRate, "squares")
    {
        LearningRateDecay = Figures.RequireFinite(learningRateDecay, nameof(learningRateDecay));
        InitialSquare = Figures.RequireFinite(initialSquare, nameof(initialSquare));
        Epsilon = Figures.RequireFinitePositive(epsilon, nameof(epsilon));
    }

    /// <summary>How fast the learning rate also falls with the steps.</summary>
    public float LearningRateDecay { get; }

    /// <summary>The initial sums of squares; the stored state does not include it.</summary>
    public float InitialSquare { get; }

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("learning_rate_decay", LearningRateDecay);
        settings.Add("initial_square", InitialSquare);
        settings.Add("epsilon", Epsilon);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var rate = (float)(step.LearningRate / (1 + ((step.Number - 1) * (double)LearningRateDecay)));
        UpdateLoop<TVector>.Run(new Rule<TVector>(rate, InitialSquare, Epsilon), step, step.WeightDecay, State(0, step));
    }

    // The start is added at each step rather than once: so the state of padding is zero.
    private readonly struct Rule<TVector>(float rate, float start, float epsilon) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly TVector _rate = TVector.Create(rate);
        private readonly TVector _start = TVector.Create(start);
        private readonly TVector _epsilon = TVector.Create(epsilon);

        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            first = TVector.MultiplyAdd(gradient, gradient, first);
            return parameter - (gradient * _rate / (TVector.SquareRoot(first + _start) + _epsilon));
        }
    }
}
