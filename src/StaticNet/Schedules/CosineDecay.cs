using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// From 1 down to α along half a cosine: α + (1 − α) · ½(1 + cos(π · step / decaySteps)); α from then on.
/// Loshchilov and Hutter, 2016, without restarts.
/// </summary>
public sealed class CosineDecay : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="decaySteps">The steps until α is reached, 1 or more; for a whole run, the batches of an epoch × the
    /// epochs.</param>
    /// <param name="alpha">The last factor, 0 to 1. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineDecay(long decaySteps, float alpha = 0)
    {
        DecaySteps = Figures.RequireSteps(decaySteps, nameof(decaySteps));
        Alpha = Figures.RequireShare(alpha, nameof(alpha));
    }

    /// <summary>The steps until <see cref="Alpha"/> is reached.</summary>
    public long DecaySteps { get; }

    /// <summary>The last factor.</summary>
    public float Alpha { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("decay_steps", DecaySteps);
        settings.Add("alpha", Alpha);
    }

    /// <inheritdoc/>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    public override float AtPosition(double position)
    {
        if (RequirePosition(position) >= DecaySteps)
            return Alpha;
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * position / DecaySteps));
        return (float)(Alpha + ((1 - Alpha) * cosine));
    }
}
