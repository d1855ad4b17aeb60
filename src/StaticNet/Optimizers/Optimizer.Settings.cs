using System.Globalization;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <content>The settings that an optimizer was made with.</content>
public abstract partial class Optimizer
{
    /// <inheritdoc/>
    /// <remarks>An optimizer with its own settings overrides it, calls the base method, and adds them.</remarks>
    public virtual void Describe(SettingList settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Add("learning_rate", LearningRate);
        settings.AddPart("schedule", Schedule);
        settings.Add("weight_decay", WeightDecay);
        settings.Add("l1", L1);
        settings.Add("decay_all", DecayAll);
        settings.Add("clip_value", ClipValue);
        settings.Add("clip_parameter_norm", ClipParameterNorm);
        settings.Add("clip_norm", ClipNorm);
        settings.Add("max_norm", MaxNorm);
        for (var index = 0; index < Groups.Length; index++)
            settings.AddPart(string.Create(CultureInfo.InvariantCulture, $"groups.{index}"), Groups[index]);
    }
}
