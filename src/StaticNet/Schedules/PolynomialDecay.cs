using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// From 1 down to an end: end + (1 − end) · (1 − step / decaySteps)^power, and the end from then on. With cycles, it rises again:
/// decaySteps is then replaced by its smallest multiple that is not below the step. TensorFlow's PolynomialDecay; PyTorch's
/// PolynomialLR for an end of 0.
/// </summary>
public sealed class PolynomialDecay : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="decaySteps">The steps until the end is reached, 1 or more.</param>
    /// <param name="endFactor">The last factor, 0 to 1. Default: 0.</param>
    /// <param name="power">The power, finite and above 0. Default: 1, a straight line.</param>
    /// <param name="cycle">Whether the factor rises again after the end, each time less and for longer. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public PolynomialDecay(long decaySteps, float endFactor = 0, float power = 1, bool cycle = false)
    {
        DecaySteps = Figures.RequireSteps(decaySteps, nameof(decaySteps));
        EndFactor = Figures.RequireShare(endFactor, nameof(endFactor));
        Power = Figures.RequireFinitePositive(power, nameof(power));
        Cycle = cycle;
    }

    /// <summary>The steps until the end is reached.</summary>
    public long DecaySteps { get; }

    /// <summary>The last factor.</summary>
    public float EndFactor { get; }

    /// <summary>The power.</summary>
    public float Power { get; }

    /// <summary>Whether the factor rises again after the end.</summary>
    public bool Cycle { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("decay_steps", DecaySteps);
        settings.Add("end_factor", EndFactor);
        settings.Add("power", Power);
        settings.Add("cycle", Cycle);
    }

    /// <inheritdoc/>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    public override float AtPosition(double position)
    {
        var periods = Periods(position, DecaySteps, staircase: false);
        // Step 0 belongs to the first cycle: ⌈0⌉ would divide by 0.
        var length = Cycle ? Math.Max(1, Math.Ceiling(periods)) : 1;
        var left = Math.Max(0, 1 - (periods / length));
        return (float)(EndFactor + ((1.0 - EndFactor) * Math.Pow(left, Power)));
    }
}
