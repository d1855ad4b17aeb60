using StaticNet.Schedules;

namespace StaticNet.Tests.Schedules;

public class ScheduleTests
{
    [Fact]
    public void A_constant_is_the_same_at_every_step()
    {
        Assert.Equal(1, new ConstantSchedule().At(0));
        Assert.Equal(0.3f, new ConstantSchedule(0.3f).At(long.MaxValue));
    }

    [Fact]
    public void Cosine_decay_begins_at_one_and_ends_at_alpha()
    {
        var schedule = new CosineDecay(decaySteps: 10, alpha: 0.2f);

        Assert.Equal(1, schedule.At(0));
        Assert.Equal(0.6f, schedule.At(5), 1e-6f);
        Assert.Equal(0.2f, schedule.At(10));
        Assert.Equal(0.2f, schedule.At(long.MaxValue));
        for (var step = 0; step < 10; step++)
            Assert.True(schedule.At(step + 1) < schedule.At(step));
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule().At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1, 1.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1).At(-1));
    }
}
