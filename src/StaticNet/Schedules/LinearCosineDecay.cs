using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// A falling line times a cosine: (α + l) · ½(1 + cos(2π · periods · s)) + β, where s = min(step / decaySteps, 1) and l = 1 − s. Bello
/// et al., "Neural Optimizer Search with Reinforcement Learning", 2017; TensorFlow's linear_cosine_decay.
/// </summary>
public sealed class LinearCosineDecay : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="decaySteps">The steps of the line, 1 or more.</param>
    /// <param name="periods">The periods of the cosine, finite and 0 or more. Default: ½, from its top to its bottom.</param>
    /// <param name="alpha">What is added to the line, finite and 0 or more. Default: 0.</param>
    /// <param name="beta">What is added to the product, finite and 0 or more. Default: 0.001.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public LinearCosineDecay(long decaySteps, float periods = 0.5f, float alpha = 0, float beta = 1e-3f)
    {
        DecaySteps = Figures.RequireSteps(decaySteps, nameof(decaySteps));
        PeriodCount = Figures.RequireFinite(periods, nameof(periods));
        Alpha = Figures.RequireFinite(alpha, nameof(alpha));
        Beta = Figures.RequireFinite(beta, nameof(beta));
    }

    /// <summary>The steps of the line.</summary>
    public long DecaySteps { get; }

    /// <summary>The periods of the cosine.</summary>
    public float PeriodCount { get; }

    /// <summary>What is added to the line.</summary>
    public float Alpha { get; }

    /// <summary>What is added to the product.</summary>
    public float Beta { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("decay_steps", DecaySteps);
        settings.Add("period_count", PeriodCount);
        settings.Add("alpha", Alpha);
        settings.Add("beta", Beta);
    }

    /// <inheritdoc/>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    public override float AtPosition(double position) => (float)At(position, noise: 0);

    /// <summary>The factor with noise on the line.</summary>
    internal double At(double position, double noise)
    {
        var part = Math.Min(1, Periods(position, DecaySteps, staircase: false));
        return ((Alpha + (1 - part) + noise) * 0.5 * (1 + Math.Cos(2 * Math.PI * PeriodCount * part))) + Beta;
    }
}
