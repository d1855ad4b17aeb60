namespace StaticNet.Schedules;

/// <summary>How the learning rate changes over the steps of a training.</summary>
/// <remarks>
/// A schedule gives a factor of the optimizer's learning rate, not a rate: one schedule serves optimizers and groups of
/// parameters with rates of their own, schedules combine by multiplication (a warm-up in front of any other), and whatever
/// lowers the learning rate itself, as a reduction on a plateau does, works together with any schedule.
/// </remarks>
public abstract class Schedule
{
    /// <summary>The factor of the learning rate at a step.</summary>
    /// <param name="step">The number of steps done before, 0 for the first.</param>
    /// <returns>A finite factor, 0 or more.</returns>
    public abstract float At(long step);
}
