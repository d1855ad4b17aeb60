using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// A linear rise before another schedule: (start + (1 − start) · step / steps) times the other's first factor, and from then on
/// the other schedule, beginning with its step 0. Goyal et al., 2017; PyTorch's LinearLR.
/// </summary>
/// <example><code>new WarmUp(500, new CosineDecay(10_000))</code></example>
public sealed class WarmUp : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="steps">The steps of the rise, 0 or more.</param>
    /// <param name="then">The schedule after it.</param>
    /// <param name="start">The factor at step 0, 0 to 1. Default: 0, so the first step only prepares the optimizer's
    /// averages.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">The other schedule is <see cref="InEpochs"/>, which must wrap the whole.</exception>
    public WarmUp(long steps, Schedule then, float start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        RequireSteps(then, nameof(then));
        Steps = steps;
        Then = then;
        Start = Figures.RequireShare(start, nameof(start));
    }

    /// <summary>The steps of the rise.</summary>
    public long Steps { get; }

    /// <summary>The schedule after it.</summary>
    public Schedule Then { get; }

    /// <summary>The factor at step 0.</summary>
    public float Start { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("steps", Steps);
        settings.Add("start", Start);
        settings.AddPart("then", Then);
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step >= Steps ? Then.At(step - Steps) : Rise(step);
    }

    /// <inheritdoc/>
    public override float AtPosition(double position) => RequirePosition(position) >= Steps ? Then.AtPosition(position - Steps) : Rise(position);

    private float Rise(double position) => (float)((Start + ((1.0 - Start) * position / Steps)) * Then.At(0));
}
