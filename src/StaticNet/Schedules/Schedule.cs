using System.Collections.Immutable;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>How the learning rate changes over the steps of a run.</summary>
/// <remarks>
/// A schedule returns a factor of the optimizer's learning rate, not a rate: the same schedule works for optimizers and groups of
/// parameters with different rates, schedules combine by multiplication (a warm-up before any other), and anything that lowers
/// the learning rate itself, such as a reduction on a plateau, works together with any schedule. It depends only on the number of
/// the step and has no state: a resumed run continues with the same factors.
/// </remarks>
public abstract class Schedule : IDescribed
{
    /// <summary>The factor of the learning rate at a step.</summary>
    /// <param name="step">The number of steps done before, 0 for the first.</param>
    /// <returns>A finite factor, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public abstract float At(long step);

    /// <summary>The factor at a position that need not be a whole number, for <see cref="InEpochs"/>.</summary>
    /// <param name="position">The position in the run, 0 or more: in steps, or in epochs if the schedule is one in
    /// epochs.</param>
    /// <returns>A finite factor, 0 or more; at a whole number, that of <see cref="At"/>.</returns>
    /// <remarks>A schedule of your own that does not override it changes at whole numbers only.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative or not a number.</exception>
    public virtual float AtPosition(double position) => At((long)RequirePosition(position));

    /// <inheritdoc/>
    /// <remarks>A schedule with its own settings overrides it and adds them.</remarks>
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
