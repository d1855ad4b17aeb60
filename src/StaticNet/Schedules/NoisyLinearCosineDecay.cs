using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// Linear cosine decay with noise on the line: (α + l + ε) · ½(1 + cos(2π · periods · s)) + β, where s = min(step / decaySteps, 1),
/// l = 1 − s, and ε is normal with the variance initialVariance / (1 + step)^varianceDecay. Never below 0. Bello et al., 2017;
/// TensorFlow's noisy_linear_cosine_decay.
/// </summary>
/// <remarks>The noise depends only on the seed and the number of the step, so it is the same in a resumed run.</remarks>
public sealed class NoisyLinearCosineDecay : Schedule
{
    private readonly LinearCosineDecay _line;

    /// <summary>Makes the schedule.</summary>
    /// <param name="decaySteps">The steps of the line, 1 or more.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="initialVariance">The variance of the noise at step 0, finite and 0 or more. Default: 1.</param>
    /// <param name="varianceDecay">How fast the variance falls, finite and 0 or more. Default: 0.55.</param>
    /// <param name="periods">The periods of the cosine, finite and 0 or more. Default: ½, from its top to its bottom.</param>
    /// <param name="alpha">What is added to the line, finite and 0 or more. Default: 0.</param>
    /// <param name="beta">What is added to the product, finite and 0 or more. Default: 0.001.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public NoisyLinearCosineDecay(
        long decaySteps, ulong seed, float initialVariance = 1, float varianceDecay = 0.55f, float periods = 0.5f, float alpha = 0, float beta = 1e-3f)
    {
        _line = new LinearCosineDecay(decaySteps, periods, alpha, beta);
        Seed = seed;
        InitialVariance = Figures.RequireFinite(initialVariance, nameof(initialVariance));
        VarianceDecay = Figures.RequireFinite(varianceDecay, nameof(varianceDecay));
    }

    /// <summary>The steps of the line.</summary>
    public long DecaySteps => _line.DecaySteps;

    /// <summary>The periods of the cosine.</summary>
    public float PeriodCount => _line.PeriodCount;

    /// <summary>What is added to the line.</summary>
    public float Alpha => _line.Alpha;

    /// <summary>What is added to the product.</summary>
    public float Beta => _line.Beta;

    /// <summary>The seed of the noise.</summary>
    public ulong Seed { get; }

    /// <summary>The variance of the noise at step 0.</summary>
    public float InitialVariance { get; }

    /// <summary>How fast the variance falls.</summary>
    public float VarianceDecay { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("decay_steps", DecaySteps);
        settings.Add("period_count", PeriodCount);
        settings.Add("alpha", Alpha);
        settings.Add("beta", Beta);
        settings.Add("seed", Seed);
        settings.Add("initial_variance", InitialVariance);
        settings.Add("variance_decay", VarianceDecay);
    }

    /// <inheritdoc/>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    /// <remarks>The noise changes at whole numbers.</remarks>
    public override float AtPosition(double position)
    {
        var step = (long)RequirePosition(position);
        var deviation = Math.Sqrt(InitialVariance / Math.Pow(1.0 + step, VarianceDecay));
        var random = new RandomStream(Seed, (ulong)step);
        return (float)Math.Max(0, _line.At(position, deviation * random.NextNormal()));
    }
}
