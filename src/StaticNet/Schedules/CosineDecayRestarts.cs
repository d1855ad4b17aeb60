using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// Half a cosine from 1 down to α, repeated, each time t times as long and starting m times as high: in period i, which is tⁱ ·
/// firstDecaySteps long, α + (1 − α) · mⁱ · ½(1 + cos(πx)), where x is the fraction of the period that is over. Loshchilov and
/// Hutter, 2016; TensorFlow's CosineDecayRestarts, and PyTorch's CosineAnnealingWarmRestarts for m = 1.
/// </summary>
public sealed class CosineDecayRestarts : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="firstDecaySteps">The steps of the first period, 1 or more.</param>
    /// <param name="lengthFactor">t, the length of each period relative to the previous one; finite and 1 or more. Default:
    /// 2.</param>
    /// <param name="heightFactor">m, the initial factor of each period relative to the previous one, 0 to 1. Default: 1.</param>
    /// <param name="alpha">The factor at the end of each period, 0 to 1. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineDecayRestarts(long firstDecaySteps, float lengthFactor = 2, float heightFactor = 1, float alpha = 0)
    {
        FirstDecaySteps = Figures.RequireSteps(firstDecaySteps, nameof(firstDecaySteps));
        if (!(lengthFactor >= 1 && float.IsFinite(lengthFactor)))
            throw new ArgumentOutOfRangeException(nameof(lengthFactor), lengthFactor, "Expected a finite number of 1 or more.");
        LengthFactor = lengthFactor;
        HeightFactor = Figures.RequireShare(heightFactor, nameof(heightFactor));
        Alpha = Figures.RequireShare(alpha, nameof(alpha));
    }

    /// <summary>The steps of the first period.</summary>
    public long FirstDecaySteps { get; }

    /// <summary>t, the length of each period relative to the previous one.</summary>
    public float LengthFactor { get; }

    /// <summary>m, the initial factor of each period relative to the previous one.</summary>
    public float HeightFactor { get; }

    /// <summary>The factor at the end of each period.</summary>
    public float Alpha { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("first_decay_steps", FirstDecaySteps);
        settings.Add("length_factor", LengthFactor);
        settings.Add("height_factor", HeightFactor);
        settings.Add("alpha", Alpha);
    }

    /// <inheritdoc/>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    public override float AtPosition(double position)
    {
        var time = Periods(position, FirstDecaySteps, staircase: false);
        var period = PeriodAt(time);
        var part = (time - StartOf(period)) / Math.Pow(LengthFactor, period);
        var height = Math.Pow(HeightFactor, period) * 0.5 * (1 + Math.Cos(Math.PI * part));
        return (float)(Alpha + ((1.0 - Alpha) * height));
    }

    /// <summary>When a period begins, in lengths of the first one.</summary>
    private double StartOf(double period) =>
        LengthFactor == 1 ? period : (Math.Pow(LengthFactor, period) - 1) / (LengthFactor - 1.0);

    private double PeriodAt(double time)
    {
        if (LengthFactor == 1)
            return Math.Floor(time);
        var period = Math.Floor(Math.Log(1 + (time * (LengthFactor - 1.0))) / Math.Log(LengthFactor));
        // The logarithm may be off by a rounding at the first step of a period.
        if (StartOf(period + 1) <= time)
            return period + 1;
        return StartOf(period) > time ? period - 1 : period;
    }
}
