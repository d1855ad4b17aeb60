using StaticNet.Optimizers;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// Another schedule whose numbers are epochs instead of steps: <c>new InEpochs(new CosineDecay(100))</c> falls over 100 epochs, however
/// many steps they have.
/// </summary>
/// <remarks>
/// Within an epoch, the factor changes from step to step, at fractions of an epoch (<see cref="Schedule.AtPosition"/>); schedules
/// with staircases change at whole epochs. A trainer notifies the optimizer when an epoch begins; a loop of your own calls
/// <see cref="Optimizer.BeginEpoch"/>. It wraps a whole schedule, including warm-ups and sequences, and cannot be a part of one.
/// </remarks>
/// <example><code>new AdamW(1e-3f) { Schedule = new InEpochs(new WarmUp(5, new CosineDecay(95))) }</code></example>
public sealed class InEpochs : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="schedule">A schedule whose lengths and boundaries are in epochs.</param>
    /// <exception cref="ArgumentException">The schedule is already one in epochs.</exception>
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

    /// <summary>The factor at the beginning of an epoch.</summary>
    /// <param name="step">The number of epochs done before, 0 for the first.</param>
    /// <returns>A finite factor, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public override float At(long step) => Schedule.At(step);

    /// <inheritdoc/>
    public override float AtPosition(double position) => Schedule.AtPosition(position);
}
