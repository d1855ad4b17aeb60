namespace StaticNet.Optimizers;

/// <summary>Adam, or AMSGrad. Weight decay is an L2 penalty: it joins the gradient. Kingma and Ba, 2014.</summary>
/// <inheritdoc path="/remarks"/>
public sealed class Adam : AdamMoments
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more. Default: 0.001.</param>
    /// <param name="beta1">The part of the gradients' average that stays at each step, 0 to below 1. Default: 0.9.</param>
    /// <param name="beta2">The part of the squares' average that stays at each step, 0 to below 1. Default: 0.999.</param>
    /// <param name="epsilon">What keeps the divisor above 0; above 0. Default: 10⁻⁸.</param>
    /// <param name="amsGrad">Whether the largest average of squares so far divides, instead of the average. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    public Adam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f, bool amsGrad = false)
        : base(learningRate, beta1, beta2, epsilon, amsGrad)
    {
    }

    private protected override void Update<TVector>(in OptimizerStep step) =>
        Update<TVector>(step, gradientDecay: step.WeightDecay, decoupledDecay: 0);
}
