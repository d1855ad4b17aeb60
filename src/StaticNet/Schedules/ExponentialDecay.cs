using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// The factor is multiplied by the same number in each period: rate^(step / decaySteps). With a period of one step, it is
/// PyTorch's ExponentialLR, with staircase its StepLR; TensorFlow's ExponentialDecay.
/// </summary>
public sealed class ExponentialDecay : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="decaySteps">The steps of one period, 1 or more.</param>
    /// <param name="rate">The factor after one period, usually 0 to 1; above 1, the factor grows. Finite and 0 or more.</param>
    /// <param name="staircase">Whether step / decaySteps is rounded down, so the factor changes only after whole periods. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ExponentialDecay(long decaySteps, float rate, bool staircase = false)
    {
        DecaySteps = Figures.RequireSteps(decaySteps, nameof(decaySteps));
        Rate = Figures.RequireFinite(rate, nameof(rate));
        Staircase = staircase;
    }

    /// <summary>The steps of one period.</summary>
    public long DecaySteps { get; }

    /// <summary>The rate, for one period.</summary>
    public float Rate { get; }

    /// <summary>Whether the factor changes only after whole periods.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("decay_steps", DecaySteps);
        settings.Add("rate", Rate);
        settings.Add("staircase", Staircase);
    }

    /// <inheritdoc/>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    public override float AtPosition(double position) => (float)Math.Pow(Rate, Periods(position, DecaySteps, Staircase));
}
