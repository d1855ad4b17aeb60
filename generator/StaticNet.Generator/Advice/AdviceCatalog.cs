using StaticNet.Generator.Diagnostics;

namespace StaticNet.Generator.Advice;

/// <summary>The rules about networks: one line each, from the descriptor to the search.</summary>
internal static class AdviceCatalog
{
    /// <summary>Rules about networks that train.</summary>
    public static readonly IReadOnlyList<AdviceRule> Rules =
    [
        new(AdviceRules.Collapse, ActivationAdvice.Collapse),
        new(AdviceRules.Symmetry, WeightAdvice.Symmetry),
        new(AdviceRules.DeadStart, WeightAdvice.DeadStart),
        new(AdviceRules.Initialiser, WeightAdvice.Initialiser),
        new(AdviceRules.Saturation, ActivationAdvice.Saturation),
        new(AdviceRules.SlowLoss, LossAdvice.SlowLoss),
        new(AdviceRules.SqueezedLogits, LossAdvice.SqueezedLogits),
        new(AdviceRules.NotProbabilities, LossAdvice.NotProbabilities),
        new(AdviceRules.LimitedOutput, LossAdvice.LimitedOutput),
        new(AdviceRules.LargeDropout, DropoutAdvice.LargeRate),
        new(AdviceRules.OutputDropout, DropoutAdvice.OfOutputs),
        new(AdviceRules.DropoutBeforeNorm, DropoutAdvice.BeforeNorm),
        new(AdviceRules.LostBias, NormAdvice.LostBias),
        new(AdviceRules.FewValues, NormAdvice.FewValues),
        new(AdviceRules.Unread, WindowAdvice.Unread),
        new(AdviceRules.DeadTaps, WindowAdvice.DeadTaps),
        new(AdviceRules.LargeFlatten, SizeAdvice.LargeFlatten),
        new(AdviceRules.Narrow, SizeAdvice.Narrow),
        new(AdviceRules.LoneSoftmax, ActivationAdvice.LoneSoftmax),
        new(AdviceRules.ShortSight, WindowAdvice.ShortSight),
        new(AdviceRules.ForgottenSteps, SequenceAdvice.ForgottenSteps),
        new(AdviceRules.Twice, ActivationAdvice.Twice),
        new(AdviceRules.NoEffect, EffectAdvice.NoEffect),
        new(AdviceRules.NormTwice, NormAdvice.Twice),
        new(AdviceRules.InnerSoftmax, ActivationAdvice.InnerSoftmax),
        new(AdviceRules.Undefined, ActivationAdvice.Undefined),
        new(AdviceRules.LongRecurrence, SequenceAdvice.LongRecurrence),
        new(AdviceRules.Forgetful, SequenceAdvice.Forgetful),
        new(AdviceRules.Oversmoothed, LossAdvice.Oversmoothed),
        new(AdviceRules.AboveMultiple, SizeAdvice.AboveMultiple),
        new(AdviceRules.MostWork, SizeAdvice.MostWork),
    ];

    /// <summary>What is said of all networks, if a project asks for it.</summary>
    public static readonly IReadOnlyList<AdviceRule> OfAll = [new(AdviceRules.Cost, CostAdvice.OfLayers)];

    /// <summary>Rules about inference twins.</summary>
    public static readonly IReadOnlyList<AdviceRule> OfTwins = [new(AdviceRules.WideWeights, SizeAdvice.WideWeights)];
}
