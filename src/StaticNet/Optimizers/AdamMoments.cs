using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>What Adam and AdamW share.</summary>
/// <remarks>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and at step t
/// p ← p − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε). AMSGrad puts the largest v so far into the divisor instead of v.
/// </remarks>
public abstract class AdamMoments : AdaptiveMoments
{
    private protected AdamMoments(float learningRate, double beta1, double beta2, float epsilon, bool amsGrad)
        : base(learningRate, beta1, beta2, epsilon, amsGrad ? ["mean", "square", "largest_square"] : ["mean", "square"]) => AmsGrad = amsGrad;

    /// <summary>Whether the largest average of squares so far divides, instead of the average. Reddi et al., 2018.</summary>
    public bool AmsGrad { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("ams_grad", AmsGrad);
    }

    /// <summary>Takes the step.</summary>
    /// <typeparam name="TVector">The vectors to do it with.</typeparam>
    /// <param name="step">The run and the figures.</param>
    /// <param name="gradientDecay">The weight decay that is added to the gradient.</param>
    /// <param name="decoupledDecay">The part of a parameter that goes, apart from the gradient.</param>
    private protected void Update<TVector>(in OptimizerStep step, float gradientDecay, float decoupledDecay)
        where TVector : struct, IVector<TVector>
    {
        var rate = (float)(step.LearningRate / (1 - Math.Pow(Beta1, step.Number)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step.Number)));
        if (AmsGrad)
        {
            var rule = new AdamRule<TVector, On>(Factors<TVector>(), rate, correction, Epsilon, decoupledDecay);
            UpdateLoop<TVector>.Run(rule, step, gradientDecay, State(0, step), State(1, step), State(2, step));
        }
        else
        {
            var rule = new AdamRule<TVector, Off>(Factors<TVector>(), rate, correction, Epsilon, decoupledDecay);
            UpdateLoop<TVector>.Run(rule, step, gradientDecay, State(0, step), State(1, step));
        }
    }
}
