using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Adam with decoupled weight decay: separately from the gradient, p ← p − rate · weightDecay · p. Loshchilov and Hutter, 2017.</summary>
/// <remarks>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and at step t
/// p ← p − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε). AMSGrad divides by the largest v so far instead of v.
/// </remarks>
public sealed class AdamW : Optimizer, IVectorUpdate
{
    private readonly MomentSettings _moments;

    /// <summary>Makes the optimizer, with a weight decay of 0.01 unless the object initialiser sets another.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.001.</param>
    /// <param name="beta1">The fraction of the gradients' average that is kept at each step, at least 0 and less than 1. Default: 0.9.</param>
    /// <param name="beta2">The fraction of the squares' average that is kept at each step, at least 0 and less than 1. Default: 0.999.</param>
    /// <param name="epsilon">A positive number that keeps the divisor above 0. Default: 10⁻⁸.</param>
    /// <param name="amsGrad">Whether to divide by the largest average of squares so far instead of the current one. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public AdamW(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f, bool amsGrad = false)
        : base(learningRate, AdamUpdate.StatesOf(amsGrad))
    {
        _moments = new MomentSettings(beta1, beta2, epsilon);
        AmsGrad = amsGrad;
        WeightDecay = 0.01f;
    }

    /// <summary>β₁, the fraction of the gradients' average that is kept at each step.</summary>
    public double Beta1 => _moments.Beta1;

    /// <summary>β₂, the fraction of the average of squares that is kept at each step.</summary>
    public double Beta2 => _moments.Beta2;

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon => _moments.Epsilon;

    /// <summary>Whether to divide by the largest average of squares so far instead of the current one. Reddi et al., 2018.</summary>
    public bool AmsGrad { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        _moments.Describe(settings);
        settings.Add("ams_grad", AmsGrad);
    }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step) => ByVectors(this, step);

    void IVectorUpdate.UpdateVectors<TVector>(in OptimizerStep step)
    {
        var largest = AmsGrad ? State(2, step) : default;
        var decay = step.LearningRate * step.WeightDecay;
        AdamUpdate.Run<TVector>(_moments, step, gradientDecay: 0, decoupledDecay: decay, State(0, step), State(1, step), largest);
    }
}
