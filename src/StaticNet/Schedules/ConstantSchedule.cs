using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>The same factor at every step.</summary>
public sealed class ConstantSchedule : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="factor">The factor, finite and 0 or more. Default: 1, the learning rate itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public ConstantSchedule(float factor = 1)
    {
        Factor = Figures.RequireFinite(factor, nameof(factor));
    }

    /// <summary>The factor.</summary>
    public float Factor { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("factor", Factor);
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Factor;
    }
}
