using StaticNet.Schedules;

namespace StaticNet.Tests.Schedules;

public class ScheduleTests
{
    public static TheoryData<Schedule> All =>
    [
        new ConstantSchedule(0.5f),
        new PiecewiseConstant([1, 2], [1, 0.5f, 0.1f]),
        new StepDecay(1),
        new ExponentialDecay(1, 0.5f),
        new NaturalExponentialDecay(1, 0.5f),
        new InverseTimeDecay(1, 0.5f),
        new PolynomialDecay(1),
        new PolynomialDecay(1, cycle: true),
        new CosineDecay(1),
        new CosineDecayRestarts(1),
        new CosineDecayRestarts(1, lengthFactor: 1.0001f, heightFactor: 0),
        new CosineDecayRestarts(3, lengthFactor: 1),
        new LinearCosineDecay(1),
        new NoisyLinearCosineDecay(1, seed: 1),
        new OneCycle(1),
        new OneCycle(2, 0.5, threePhase: true),
        new WarmUp(0, new ConstantSchedule()),
        new WarmUp(1, new WarmUp(1, new ConstantSchedule())),
        new ScheduleSequence([], [new ConstantSchedule()]),
        new ScheduleSequence([2], [new CosineDecay(2), new WarmUp(1, new ExponentialDecay(3, 0.5f, staircase: true))]),
        new InEpochs(new WarmUp(2, new CosineDecay(3))),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_factor_is_finite_and_not_negative_at_any_step(Schedule schedule)
    {
        foreach (var step in (long[])[0, 1, 2, 3, 7, 1000, 1_000_000_007, long.MaxValue - 1, long.MaxValue])
        {
            var factor = schedule.At(step);
            Assert.True(factor >= 0 && float.IsFinite(factor), $"{factor} at {step}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_whole_position_has_the_factor_of_that_step(Schedule schedule)
    {
        foreach (var step in (long[])[0, 1, 2, 3, 4, 5, 7, 1000, 1_000_000_007])
            Assert.Equal(schedule.At(step), schedule.AtPosition(step));
        foreach (var position in (double[])[0.25, 0.999, 1.5, 2.0000001, 6.75, 1e15, 1e300])
        {
            var factor = schedule.AtPosition(position);
            Assert.True(factor >= 0 && float.IsFinite(factor), $"{factor} at {position}");
        }

        foreach (var position in (double[])[-1e-9, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>(() => schedule.AtPosition(position));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_negative_step_is_refused(Schedule schedule) => Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(-1));

    [Theory]
    [MemberData(nameof(All))]
    public void Asking_for_a_factor_allocates_nothing(Schedule schedule)
    {
        schedule.At(1);

        var sum = 0f;
        var allocated = Allocations.Of(() =>
        {
            for (var step = 0; step < 100; step++)
                sum += schedule.At(step);
        });

        Assert.Equal(0, allocated);
        Assert.True(float.IsFinite(sum));
    }

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
    public void A_polynomial_with_cycles_begins_at_one()
    {
        var schedule = new PolynomialDecay(10, endFactor: 0.2f, cycle: true);

        Assert.Equal(1, schedule.At(0));
        Assert.Equal(0.2f, schedule.At(10), 1e-6f);
        Assert.Equal(0.2f + (0.8f * 9 / 20), schedule.At(11), 1e-6f);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(7, 3)]
    [InlineData(1, 2)]
    public void A_restart_is_at_the_first_step_of_each_period(long first, int factor)
    {
        var schedule = new CosineDecayRestarts(first, factor);
        var (start, length) = (0L, first);
        for (var period = 0; period < 30; period++)
        {
            Assert.Equal(1, schedule.At(start));
            start += length;
            length *= factor;
            Assert.True(schedule.At(start - 1) < 1 || length == factor);
        }
    }

    [Fact]
    public void Noise_depends_on_seed_and_step_only_and_has_its_variance()
    {
        var schedule = new NoisyLinearCosineDecay(1000, seed: 5, initialVariance: 0.01f, varianceDecay: 0.3f);
        var other = new NoisyLinearCosineDecay(1000, seed: 6, initialVariance: 0.01f, varianceDecay: 0.3f);
        var line = new LinearCosineDecay(1000);
        float[] Noise(Schedule noisy) => [.. Enumerable.Range(0, 300).Select(step =>
        {
            // What is left when the line and the cosine, which the formula multiplies by, are taken out.
            var cosine = 0.5 * (1 + Math.Cos(Math.PI * step / 1000));
            return (float)((noisy.At(step) - line.At(step)) / cosine / Math.Sqrt(0.01 / Math.Pow(1 + step, 0.3)));
        })];

        var noise = Noise(schedule);
        Assert.Equal(noise, Noise(schedule));
        Assert.NotEqual(noise, Noise(other));
        Assert.Equal(300, noise.Distinct().Count());
        Assert.Equal(0, noise.Average(), 0.2f);
        Assert.Equal(1, noise.Average(value => value * value), 0.25f);
    }

    [Fact]
    public void Without_variance_the_noisy_line_is_the_plain_one()
    {
        var noisy = new NoisyLinearCosineDecay(50, seed: 1, initialVariance: 0, periods: 2, alpha: 0.1f, beta: 0.01f);
        var plain = new LinearCosineDecay(50, periods: 2, alpha: 0.1f, beta: 0.01f);

        Assert.All(Enumerable.Range(0, 60), step => Assert.Equal(plain.At(step), noisy.At(step)));
    }

    [Fact]
    public void A_warm_up_rises_to_what_follows()
    {
        var schedule = new WarmUp(4, new CosineDecay(10));

        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1], Enumerable.Range(0, 5).Select(step => schedule.At(step)));
        Assert.Equal(new CosineDecay(10).At(3), schedule.At(7));
        Assert.Equal(0.2f, new WarmUp(10, new ConstantSchedule(0.4f), start: 0.5f).At(0));
    }

    [Fact]
    public void One_cycle_ends_at_its_smallest_factor()
    {
        var schedule = new OneCycle(10);

        Assert.Equal(1 / 25f, schedule.At(0), 1e-6f);
        Assert.Equal(1 / 25e4f, schedule.At(9), 1e-9f);
        Assert.Equal(schedule.At(9), schedule.At(1000));
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Func<object>[] mistakes =
        [
            () => new ConstantSchedule(-1),
            () => new ConstantSchedule(float.NaN),
            () => new CosineDecay(0),
            () => new CosineDecay(1, 1.5f),
            () => new CosineDecay(1, float.NaN),
            () => new PiecewiseConstant([], [-1]),
            () => new StepDecay(0),
            () => new StepDecay(1, -0.1f),
            () => new ExponentialDecay(0, 1),
            () => new ExponentialDecay(1, float.PositiveInfinity),
            () => new NaturalExponentialDecay(1, -1),
            () => new InverseTimeDecay(-1, 1),
            () => new PolynomialDecay(0),
            () => new PolynomialDecay(1, endFactor: 2),
            () => new PolynomialDecay(1, power: 0),
            () => new CosineDecayRestarts(0),
            () => new CosineDecayRestarts(1, lengthFactor: 0.9f),
            () => new CosineDecayRestarts(1, heightFactor: 1.1f),
            () => new CosineDecayRestarts(1, alpha: -1),
            () => new LinearCosineDecay(0),
            () => new LinearCosineDecay(1, periods: -1),
            () => new LinearCosineDecay(1, alpha: -1),
            () => new LinearCosineDecay(1, beta: float.NaN),
            () => new NoisyLinearCosineDecay(0, 1),
            () => new NoisyLinearCosineDecay(1, 1, initialVariance: -1),
            () => new NoisyLinearCosineDecay(1, 1, varianceDecay: -1),
            () => new OneCycle(0),
            () => new OneCycle(1, riseFraction: 1.1),
            () => new OneCycle(1, riseFraction: 0.6, threePhase: true),
            () => new OneCycle(1, startDivisor: 0.5),
            () => new OneCycle(1, endDivisor: 0),
            () => new WarmUp(-1, new ConstantSchedule()),
            () => new WarmUp(1, new ConstantSchedule(), start: 2),
        ];

        Assert.All(mistakes, mistake => Assert.NotNull(Assert.Throws<ArgumentOutOfRangeException>(mistake).ActualValue));
        Assert.Throws<ArgumentNullException>(() => new WarmUp(1, null!));
        Assert.Throws<ArgumentNullException>(() => new ScheduleSequence([], [null!]));
    }

    [Fact]
    public void Boundaries_that_do_not_fit_are_refused()
    {
        var number = Assert.Throws<ArgumentException>(() => new PiecewiseConstant([1, 2], [1, 1]));
        Assert.Contains("Expected one more of factors than of boundaries, but got 2 and 2.", number.Message, StringComparison.Ordinal);
        var order = Assert.Throws<ArgumentException>(() => new ScheduleSequence([2, 2], [new ConstantSchedule(), new ConstantSchedule(), new ConstantSchedule()]));
        Assert.Contains("Expected boundaries that ascend from above 0, but got 2, 2.", order.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant([0], [1, 1]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstant(default, [1]));
        Assert.Throws<ArgumentException>(() => new ScheduleSequence([], default));
    }
}
