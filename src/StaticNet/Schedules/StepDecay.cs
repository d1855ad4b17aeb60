using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>The factor falls by the same rate after each given number of steps: rate^⌊step / stepLength⌋. PyTorch's
/// StepLR.</summary>
public sealed class StepDecay : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="stepLength">The number of the optimizer's steps after which the factor falls, 1 or more: usually, the batches
    /// of an epoch × some epochs.</param>
    /// <param name="rate">The factor each time, finite and 0 or more. Default: 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public StepDecay(long stepLength, float rate = 0.1f)
    {
        StepLength = Figures.RequireSteps(stepLength, nameof(stepLength));
        Rate = Figures.RequireFinite(rate, nameof(rate));
    }

    /// <summary>The number of the optimizer's steps after which the factor falls.</summary>
    public long StepLength { get; }

    /// <summary>The factor each time.</summary>
    public float Rate { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("step_length", StepLength);
        settings.Add("rate", Rate);
    }

    /// <inheritdoc/>
    public override float At(long step) => (float)Math.Pow(Rate, Periods(step, StepLength, staircase: true));
}
