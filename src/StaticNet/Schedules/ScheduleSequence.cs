using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// One schedule up to the first boundary, another one from there to the second, and so on; each begins with its own step 0.
/// PyTorch's SequentialLR.
/// </summary>
/// <example><code>new ScheduleSequence([500, 5000], [new ConstantSchedule(0.1f), new ConstantSchedule(), new CosineDecay(10_000)])</code></example>
public sealed class ScheduleSequence : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="boundaries">The steps at which the next schedule begins, each above the one before, the first above 0.</param>
    /// <param name="schedules">One more schedule than there are boundaries.</param>
    /// <exception cref="ArgumentException">The numbers of both do not agree, the boundaries do not ascend, or a schedule is null
    /// or <see cref="InEpochs"/>.</exception>
    public ScheduleSequence(ImmutableArray<long> boundaries, ImmutableArray<Schedule> schedules)
    {
        RequireBoundaries(boundaries, schedules.IsDefault ? 0 : schedules.Length, "schedules");
        foreach (var schedule in schedules)
            RequireSteps(schedule, nameof(schedules));
        Boundaries = boundaries;
        Schedules = schedules;
    }

    /// <summary>The steps at which the next schedule begins.</summary>
    public ImmutableArray<long> Boundaries { get; }

    /// <summary>The schedules.</summary>
    public ImmutableArray<Schedule> Schedules { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("boundaries", Boundaries.AsSpan());
        for (var index = 0; index < Schedules.Length; index++)
            settings.AddPart(string.Create(CultureInfo.InvariantCulture, $"schedules.{index}"), Schedules[index]);
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var piece = PieceAt(Boundaries, step);
        return Schedules[piece].At(piece == 0 ? step : step - Boundaries[piece - 1]);
    }

    /// <inheritdoc/>
    public override float AtPosition(double position)
    {
        var piece = PieceAt(Boundaries, RequirePosition(position));
        return Schedules[piece].AtPosition(piece == 0 ? position : position - Boundaries[piece - 1]);
    }
}
