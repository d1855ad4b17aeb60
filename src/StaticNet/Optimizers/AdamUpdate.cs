namespace StaticNet.Optimizers;

/// <summary>The step that Adam and AdamW share.</summary>
internal static class AdamUpdate
{
    /// <summary>The states of a parameter.</summary>
    public static string[] StatesOf(bool amsGrad) => amsGrad ? ["mean", "square", "largest_square"] : ["mean", "square"];

    /// <summary>Takes the step.</summary>
    /// <typeparam name="TVector">The vectors to do it with.</typeparam>
    /// <param name="moments">β₁, β₂ and ε.</param>
    /// <param name="step">The run and its settings.</param>
    /// <param name="gradientDecay">The weight decay that is added to the gradient.</param>
    /// <param name="decoupledDecay">The part of a parameter that goes, apart from the gradient.</param>
    /// <param name="means">The averages of gradients.</param>
    /// <param name="squares">The averages of their squares.</param>
    /// <param name="largest">The largest averages of squares so far; empty without AMSGrad.</param>
    public static void Run<TVector>(
        in MomentSettings moments,
        in OptimizerStep step,
        float gradientDecay,
        float decoupledDecay,
        Span<float> means,
        Span<float> squares,
        Span<float> largest)
        where TVector : struct, IVector<TVector>
    {
        var rate = (float)(step.LearningRate / (1 - Math.Pow(moments.Beta1, step.Number)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(moments.Beta2, step.Number)));
        var factors = moments.Factors<TVector>();
        if (largest.IsEmpty)
        {
            var rule = new AdamRule<TVector, Off>(factors, rate, correction, moments.Epsilon, decoupledDecay);
            UpdateLoop<TVector>.Run(rule, step, gradientDecay, means, squares);
        }
        else
        {
            var rule = new AdamRule<TVector, On>(factors, rate, correction, moments.Epsilon, decoupledDecay);
            UpdateLoop<TVector>.Run(rule, step, gradientDecay, means, squares, largest);
        }
    }
}
