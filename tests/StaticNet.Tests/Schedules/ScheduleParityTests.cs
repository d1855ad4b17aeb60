using StaticNet.Schedules;
using StaticNet.Serialization;

namespace StaticNet.Tests.Schedules;

/// <summary>The factors of PyTorch's schedulers and of TensorFlow's formulas, from make_golden.py.</summary>
public class ScheduleParityTests
{
    internal static readonly StateDict Golden = Safetensors.Load(Path.Combine(AppContext.BaseDirectory, "Schedules", "Files", "schedules.safetensors"));

    public static TheoryData<string, Schedule> Cases => new()
    {
        { "torch.step", new StepDecay(30, 0.2f) },
        { "torch.multi_step", new PiecewiseConstant([10, 35, 80], [1, 0.3f, 0.09f, 0.027f]) },
        { "torch.exponential", new ExponentialDecay(1, 0.97f) },
        { "torch.cosine", new CosineDecay(100, alpha: 0.1f) },
        { "torch.restarts", new CosineDecayRestarts(8, alpha: 0.05f) },
        { "torch.restarts_equal", new CosineDecayRestarts(7, lengthFactor: 1) },
        { "torch.polynomial", new PolynomialDecay(90, power: 2) },
        { "torch.warm_up", new WarmUp(50, new ConstantSchedule(), start: 0.2f) },
        { "torch.sequence", new ScheduleSequence([40], [new StepDecay(10, 0.5f), new ExponentialDecay(1, 0.9f)]) },
        { "torch.one_cycle", new OneCycle(100) },
        { "torch.one_cycle_linear", new OneCycle(100, 0.25, startDivisor: 10, endDivisor: 100, linear: true) },
        { "torch.one_cycle_three", new OneCycle(100, threePhase: true) },
        { "torch.one_cycle_three_linear", new OneCycle(97, 0.4, threePhase: true, linear: true) },
        { "torch.one_cycle_no_rise", new OneCycle(100, riseFraction: 0) },
        { "formula.exponential", new ExponentialDecay(30, 0.5f) },
        { "formula.exponential_staircase", new ExponentialDecay(30, 0.5f, staircase: true) },
        { "formula.natural_exponential", new NaturalExponentialDecay(30, 0.7f) },
        { "formula.natural_exponential_staircase", new NaturalExponentialDecay(30, 0.7f, staircase: true) },
        { "formula.inverse_time", new InverseTimeDecay(30, 0.7f) },
        { "formula.inverse_time_staircase", new InverseTimeDecay(30, 0.7f, staircase: true) },
        { "formula.polynomial", new PolynomialDecay(70, endFactor: 0.1f, power: 0.5f) },
        { "formula.polynomial_cycle", new PolynomialDecay(25, endFactor: 0.1f, power: 1.5f, cycle: true) },
        { "formula.restarts", new CosineDecayRestarts(10, lengthFactor: 1.5f, heightFactor: 0.8f, alpha: 0.1f) },
        { "formula.restarts_equal", new CosineDecayRestarts(10, lengthFactor: 1, heightFactor: 0.5f) },
        { "formula.linear_cosine", new LinearCosineDecay(100) },
        { "formula.linear_cosine_waves", new LinearCosineDecay(80, periods: 3, alpha: 0.2f, beta: 0.01f) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Factors_are_those_of_the_reference(string name, Schedule schedule)
    {
        var expected = Golden[name].Values;

        Assert.InRange(expected.Length, 97, 120);
        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.At(step), 1e-6f);
    }

    [Fact]
    public void Every_case_of_the_file_is_tested()
    {
        var cases = Golden.Select(tensor => tensor.Name).Where(name => !name.StartsWith("plateau.", StringComparison.Ordinal));

        Assert.Equal(cases.Order(), Cases.Select(row => (string)row[0]).Order());
    }
}
