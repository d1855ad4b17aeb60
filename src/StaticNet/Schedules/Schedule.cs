using System.Collections.Immutable;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>How the learning rate changes over the steps of a training.</summary>
/// <remarks>
/// A schedule gives a factor of the optimizer's learning rate, not a rate: one schedule serves optimizers and groups of
/// parameters with rates of their own, schedules combine by multiplication (a warm-up in front of any other), and whatever
/// lowers the learning rate itself, as a reduction on a plateau does, works together with any schedule. It depends on the step's
/// number alone and has no state: a training that is resumed goes on with the same factors.
/// </remarks>
public abstract class Schedule : IDescribed
{
    /// <summary>The factor of the learning rate at a step.</summary>
    /// <param name="step">The number of steps done before, 0 for the first.</param>
    /// <returns>A finite factor, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public abstract float At(long step);

    /// <inheritdoc/>
    /// <remarks>A schedule with figures of its own overrides it, and adds them.</remarks>
    public virtual void Describe(SettingList settings) => ArgumentNullException.ThrowIfNull(settings);

    /// <summary>step / length, rounded down for a staircase.</summary>
    private protected static double Periods(long step, long length, bool staircase)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return staircase ? step / length : (double)step / length;
    }

    /// <summary>Checks boundaries: they ascend from above 0, and there is one piece more.</summary>
    private protected static void RequireBoundaries(ImmutableArray<long> boundaries, int pieces, string what)
    {
        if (boundaries.IsDefault || pieces != boundaries.Length + 1)
            throw new ArgumentException($"Expected one more of {what} than of boundaries; {pieces} and {(boundaries.IsDefault ? 0 : boundaries.Length)} came.", what);
        for (var index = 0; index < boundaries.Length; index++)
        {
            if (boundaries[index] <= (index == 0 ? 0 : boundaries[index - 1]))
                throw new ArgumentException($"Expected boundaries that ascend from above 0; {string.Join(", ", boundaries)} came.", nameof(boundaries));
        }
    }

    /// <summary>Which piece a step is in: a boundary begins the next one.</summary>
    private protected static int PieceAt(ImmutableArray<long> boundaries, long step)
    {
        var piece = 0;
        while (piece < boundaries.Length && step >= boundaries[piece])
            piece++;
        return piece;
    }
}
