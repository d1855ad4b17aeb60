using System.Runtime.CompilerServices;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Adam as ONNX's training operator (ai.onnx.preview.training) defines it, for continuing to train models from
/// elsewhere.</summary>
/// <remarks>
/// <para>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², then p ← p − r · m / (√v + ε), then p ← p − postDecay · p, where at step t from 0
/// r = rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ), and r = rate at step 0. <see cref="Optimizer.WeightDecay"/> is its norm_coefficient,
/// <see cref="PostDecay"/> its norm_coefficient_post; β₁ and β₂ are its alpha and beta.</para>
/// <para>So it differs from <see cref="Adam"/> in three ways: ε is added to the root before the correction, steps are counted
/// from 0 without a correction at the first, and the decay after the step does not depend on the learning rate.</para>
/// </remarks>
public sealed class OnnxAdam : Optimizer, IVectorUpdate
{
    private readonly MomentSettings _moments;
    private readonly float _postDecay;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.001.</param>
    /// <param name="beta1">The fraction of the gradients' average that is kept at each step, at least 0 and less than 1. Default: 0.9.</param>
    /// <param name="beta2">The fraction of the squares' average that is kept at each step, at least 0 and less than 1. Default: 0.999.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻⁶.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public OnnxAdam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-6f)
        : base(learningRate, "mean", "square") => _moments = new MomentSettings(beta1, beta2, epsilon);

    /// <summary>β₁, the fraction of the gradients' average that is kept at each step.</summary>
    public double Beta1 => _moments.Beta1;

    /// <summary>β₂, the fraction of the average of squares that is kept at each step.</summary>
    public double Beta2 => _moments.Beta2;

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon => _moments.Epsilon;

    /// <summary>The fraction of a parameter that is subtracted after each step, 0 to 1. It applies to the same parameters as
    /// weight decay. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public float PostDecay
    {
        get => _postDecay;
        init => _postDecay = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PostDecay), value, "Expected a number from 0 to 1.");
    }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        _moments.Describe(settings);
        settings.Add("post_decay", _postDecay);
    }

    /// <inheritdoc/>
    internal override bool HasOwnPenalty => PostDecay != 0;

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var steps = step.Number - 1;
        var correction = steps == 0 ? 1 : Math.Sqrt(1 - Math.Pow(Beta2, steps)) / (1 - Math.Pow(Beta1, steps));
        var rule = new Rule<TVector>(_moments.Factors<TVector>(), (float)(step.LearningRate * correction), Epsilon, step.Decays ? PostDecay : 0);
        UpdateLoop<TVector>.Run(rule, step, step.WeightDecay, State(0, step), State(1, step));
    }

    private readonly struct Rule<TVector>(MomentFactors<TVector> factors, float rate, float epsilon, float postDecay) : IUpdateRule<TVector>
        where TVector : struct, IVector<TVector>
    {
        private readonly MomentFactors<TVector> _factors = factors;
        private readonly TVector _rate = TVector.Create(rate);
        private readonly TVector _epsilon = TVector.Create(epsilon);
        private readonly TVector _lost = TVector.Create(-postDecay);

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        {
            _factors.Renew(gradient, ref first, ref second);
            parameter -= first * _rate / (TVector.SquareRoot(second) + _epsilon);
            return TVector.MultiplyAdd(parameter, _lost, parameter);
        }
    }
}
