namespace StaticNet.Optimizers;

/// <summary>How an optimizer treats a parameter: its own figures, or those of the parameter's group.</summary>
/// <param name="Group">The group, which may change its learning rate; null for none.</param>
/// <param name="Decays">Whether penalties apply.</param>
/// <param name="WeightDecay">The weight decay; 0 where none applies.</param>
/// <param name="L1">The factor of the L1 penalty; 0 where none applies.</param>
internal readonly record struct ParameterSettings(ParameterGroup? Group, bool Decays, float WeightDecay, float L1)
{
    /// <summary>Finds out how a parameter is treated.</summary>
    public static ParameterSettings Of(Optimizer optimizer, ParameterInfo parameter)
    {
        var group = GroupOf(optimizer, parameter);
        var decays = (group?.DecayAll ?? optimizer.DecayAll) || parameter.Kind == ParameterKind.Weight;
        var weightDecay = decays ? group?.WeightDecay ?? optimizer.WeightDecay : 0;
        var l1 = decays ? group?.L1 ?? optimizer.L1 : 0;
        // Penalties of 0 are none: weights and biases without penalties are one run.
        return new ParameterSettings(group, decays && (optimizer.HasOwnPenalty || weightDecay != 0 || l1 != 0), weightDecay, l1);
    }

    /// <summary>The largest norm of the parameter's units; infinite where there is no limit.</summary>
    public static float MaxNormOf(Optimizer optimizer, ParameterInfo parameter) => parameter.Kind == ParameterKind.Weight
        ? GroupOf(optimizer, parameter)?.MaxNorm ?? optimizer.MaxNorm ?? float.PositiveInfinity
        : float.PositiveInfinity;

    /// <summary>The learning rate before the schedule's factor.</summary>
    /// <param name="learningRate">The optimizer's.</param>
    public float RateOf(float learningRate) => Group is null ? learningRate : (Group.LearningRate ?? learningRate) * Group.LearningRateFactor;

    private static ParameterGroup? GroupOf(Optimizer optimizer, ParameterInfo parameter)
    {
        foreach (var group in optimizer.Groups)
        {
            foreach (var pattern in group.Patterns)
            {
                if (NamePattern.Fits(pattern, parameter))
                    return group;
            }
        }

        return null;
    }
}
