using StaticNet.Optimizers;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// Another schedule whose numbers are epochs instead of steps: <c>new InEpochs(new CosineDecay(100))</c> falls over 100 epochs, however
/// many steps they have.
/// </summary>
/// <remarks>
/// Within an epoch the factor goes on from step to step, at parts of an epoch (<see cref="Schedule.AtPosition"/>); schedules with stairs
/// change at their whole epochs. A trainer tells the optimizer where an epoch begins; a loop of your own calls
/// <see cref="Optimizer.BeginEpoch"/>. It goes around a whole schedule, warm-ups and sequences included, and is no part of one.
/// </remarks>
/// <example><code>new AdamW(1e-3f) { Schedule = new InEpochs(new WarmUp(5, new CosineDecay(95))) }</code></example>
public sealed class InEpochs : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="schedule">A schedule whose lengths and boundaries are meant as epochs.</param>
    /// <exception cref="ArgumentException">The schedule is one in epochs already.</exception>
    public InEpochs(Schedule schedule)
    {
        RequireSteps(schedule, nameof(schedule));
        Schedule = schedule;
    }

    /// <summary>The schedule whose numbers are epochs.</summary>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.AddPart("schedule", Schedule);
    }

    /// <summary>The factor at the begin of an epoch.</summary>
    /// <param name="step">The number of epochs done before, 0 for the first.</param>
    /// <returns>A finite factor, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public override float At(long step) => Schedule.At(step);

    /// <inheritdoc/>
    public override float AtPosition(double position) => Schedule.AtPosition(position);
}
