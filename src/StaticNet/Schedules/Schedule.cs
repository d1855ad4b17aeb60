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

    /// <summary>The factor at a position that need not be a whole number, as <see cref="InEpochs"/> asks for it.</summary>
    /// <param name="position">Where the training is, 0 or more: steps, or epochs where the schedule is one in epochs.</param>
    /// <returns>A finite factor, 0 or more; at a whole number that of <see cref="At"/>.</returns>
    /// <remarks>A schedule of your own that does not override it changes at whole numbers only.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative or not a number.</exception>
    public virtual float AtPosition(double position) => At((long)RequirePosition(position));

    /// <inheritdoc/>
    /// <remarks>A schedule with figures of its own overrides it, and adds them.</remarks>
    public virtual void Describe(SettingList settings) => ArgumentNullException.ThrowIfNull(settings);

    /// <summary>position / length, rounded down for a staircase.</summary>
    private protected static double Periods(double position, long length, bool staircase)
    {
        var periods = RequirePosition(position) / length;
        return staircase ? Math.Floor(periods) : periods;
    }

    /// <summary>The position, when it is finite and 0 or more.</summary>
    private protected static double RequirePosition(double position) => position >= 0 && double.IsFinite(position)
        ? position
        : throw new ArgumentOutOfRangeException(nameof(position), position, "Expected a position of 0 or more.");

    /// <summary>Refuses a schedule in epochs as a part of one in steps.</summary>
    private protected static void RequireSteps(Schedule part, string name)
    {
        ArgumentNullException.ThrowIfNull(part, name);
        if (part is InEpochs)
            throw new ArgumentException($"Expected a schedule in the unit of the one around it, but got {nameof(InEpochs)}. It wraps the whole schedule: new {nameof(InEpochs)}(new {nameof(WarmUp)}(5, …)).", name);
    }

    /// <summary>Checks boundaries: they ascend from above 0, and there is one piece more.</summary>
    private protected static void RequireBoundaries(ImmutableArray<long> boundaries, int pieces, string what)
    {
        if (boundaries.IsDefault || pieces != boundaries.Length + 1)
            throw new ArgumentException($"Expected one more of {what} than of boundaries, but got {pieces} and {(boundaries.IsDefault ? 0 : boundaries.Length)}.", what);
        for (var index = 0; index < boundaries.Length; index++)
        {
            if (boundaries[index] <= (index == 0 ? 0 : boundaries[index - 1]))
                throw new ArgumentException($"Expected boundaries that ascend from above 0, but got {string.Join(", ", boundaries)}.", nameof(boundaries));
        }
    }

    /// <summary>Which piece a position is in: a boundary begins the next one.</summary>
    private protected static int PieceAt(ImmutableArray<long> boundaries, double position)
    {
        var piece = 0;
        while (piece < boundaries.Length && position >= boundaries[piece])
            piece++;
        return piece;
    }
}
