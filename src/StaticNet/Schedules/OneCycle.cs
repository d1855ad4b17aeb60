using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// One rise to the learning rate and one fall far below its start, over a whole run: from 1 / startDivisor up to 1, then down to
/// 1 / (startDivisor · endDivisor). With three phases, it first falls to the start, for as long as the rise took. Smith and
/// Topin, 2017; PyTorch's OneCycleLR, whose max_lr is the optimizer's learning rate.
/// </summary>
/// <remarks>The phases end at the steps riseFraction · totalSteps − 1, then (with three phases) 2 · riseFraction · totalSteps −
/// 2, and totalSteps − 1.</remarks>
public sealed class OneCycle : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="totalSteps">The steps of the run, 1 or more: the batches of an epoch × the epochs.</param>
    /// <param name="riseFraction">The fraction of the steps in which the factor rises, 0 to 1, or with three phases 0 to ½.
    /// Default: 0.3.</param>
    /// <param name="startDivisor">1 / the first factor, finite and 1 or more. Default: 25.</param>
    /// <param name="endDivisor">The first factor / the last one, finite and above 0. Default: 10⁴.</param>
    /// <param name="threePhase">Whether the fall is divided into two phases. Default: false.</param>
    /// <param name="linear">Whether phases are straight lines instead of halves of cosines. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public OneCycle(
        long totalSteps, double riseFraction = 0.3, double startDivisor = 25, double endDivisor = 1e4, bool threePhase = false, bool linear = false)
    {
        TotalSteps = Figures.RequireSteps(totalSteps, nameof(totalSteps));
        var largest = threePhase ? 0.5 : 1;
        if (!(riseFraction >= 0 && riseFraction <= largest))
            throw new ArgumentOutOfRangeException(nameof(riseFraction), riseFraction, $"Expected a number from 0 to {largest}.");
        if (!(startDivisor >= 1 && double.IsFinite(startDivisor)))
            throw new ArgumentOutOfRangeException(nameof(startDivisor), startDivisor, "Expected a finite number of 1 or more.");
        if (!(endDivisor > 0 && double.IsFinite(endDivisor)))
            throw new ArgumentOutOfRangeException(nameof(endDivisor), endDivisor, "Expected a finite number above 0.");
        RiseFraction = riseFraction;
        StartDivisor = startDivisor;
        EndDivisor = endDivisor;
        ThreePhase = threePhase;
        Linear = linear;
    }

    /// <summary>The steps of the run.</summary>
    public long TotalSteps { get; }

    /// <summary>The fraction of the steps in which the factor rises.</summary>
    public double RiseFraction { get; }

    /// <summary>1 / the first factor.</summary>
    public double StartDivisor { get; }

    /// <summary>The first factor / the last one.</summary>
    public double EndDivisor { get; }

    /// <summary>Whether the fall is divided into two phases.</summary>
    public bool ThreePhase { get; }

    /// <summary>Whether phases are straight lines instead of halves of cosines.</summary>
    public bool Linear { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("total_steps", TotalSteps);
        settings.Add("rise_fraction", RiseFraction);
        settings.Add("start_divisor", StartDivisor);
        settings.Add("end_divisor", EndDivisor);
        settings.Add("three_phase", ThreePhase);
        settings.Add("linear", Linear);
    }

    /// <inheritdoc/>
    /// <remarks>After the last step, the factor stays at the last one.</remarks>
    public override float At(long step) => AtPosition(step);

    /// <inheritdoc/>
    public override float AtPosition(double position)
    {
        var step = RequirePosition(position);
        var start = 1 / StartDivisor;
        var end = start / EndDivisor;
        var top = (RiseFraction * TotalSteps) - 1;
        if (step <= top)
            return Between(start, 1, step, 0, top);
        if (!ThreePhase)
            return Between(1, end, step, top, TotalSteps - 1);
        var bottom = (2 * RiseFraction * TotalSteps) - 2;
        return step <= bottom ? Between(1, start, step, top, bottom) : Between(start, end, step, bottom, TotalSteps - 1);
    }

    private float Between(double from, double to, double step, double begin, double end)
    {
        // A phase of no length is over at once.
        var part = end > begin ? Math.Min(1, (step - begin) / (end - begin)) : 1;
        return (float)(Linear ? from + ((to - from) * part) : to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * part))));
    }
}
