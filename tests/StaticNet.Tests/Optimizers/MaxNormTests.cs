using StaticNet.Optimizers;

namespace StaticNet.Tests.Optimizers;

public class MaxNormTests
{
    private const float Limit = 0.9f;

    /// <summary>Each packing with the units of its logical elements: the index of an element to that of its unit.</summary>
    public static TheoryData<ParameterInfo, Func<int, int>> Packings => new()
    {
        { Info([21, 7], ParameterPacking.Panels), index => index / 7 },
        { Info([5, 3, 2, 2], ParameterPacking.Panels) with { Channels = 3 }, index => index / 12 },
        { Info([20, 1, 3, 3], ParameterPacking.Panels) with { Channels = 1 }, index => index / 9 },
        { Info([6, 2, 3], ParameterPacking.Panels, groups: 2) with { Channels = 4 }, index => index / 6 },
        { Info([4, 18, 3], ParameterPacking.TransposedPanels), index => index / 3 % 18 },
        { Info([4, 3, 5], ParameterPacking.TransposedPanels, groups: 2), index => (index / 30 * 3) + (index / 5 % 3) },
        { Info([7, 5], ParameterPacking.Rows), index => index / 5 },
    };

    [Theory]
    [MemberData(nameof(Packings))]
    public void Units_that_are_too_long_are_scaled_and_others_are_not_touched(ParameterInfo parameter, Func<int, int> unitOf)
    {
        var run = new OptimizerRun(new Sgd(0) { MaxNorm = Limit }, new ParameterTable(parameter));
        var values = Enumerable.Range(0, parameter.Count).Select(i => (unitOf(i) % 2 == 0 ? 0.01f : 1) * MathF.Cos(i)).ToArray();
        var norms = values.Select((value, i) => (Unit: unitOf(i), value)).GroupBy(pair => pair.Unit, pair => (double)pair.value)
            .ToDictionary(unit => unit.Key, unit => Math.Sqrt(unit.Sum(value => value * value)));
        parameter.Pack(values, run.Weights.Edit());

        run.Step();

        Assert.Contains(norms.Values, norm => norm > Limit);
        Assert.Contains(norms.Values, norm => norm < Limit);
        var limited = run.Values(parameter.Name);
        for (var index = 0; index < values.Length; index++)
        {
            var norm = norms[unitOf(index)];
            Assert.Equal(norm > Limit ? (float)(values[index] * Limit / norm) : values[index], limited[index], norm > Limit ? 1e-6f : 0f);
        }

        Assert.Equal(0u, run.PaddingBits(run.Parameters));
    }

    [Fact]
    public void A_unit_that_is_not_finite_does_not_touch_its_neighbours()
    {
        var parameter = Info([3, 2], ParameterPacking.Panels);
        var run = new OptimizerRun(new Sgd(0) { MaxNorm = 1 }, new ParameterTable(parameter));
        parameter.Pack([float.NaN, 1, 3, 4, 1e30f, 1e30f], run.Weights.Edit());

        run.Step();

        Assert.Equal([float.NaN, 1, 0.6f, 0.8f, MathF.Sqrt(0.5f), MathF.Sqrt(0.5f)], run.Values(parameter.Name), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Groups_have_limits_of_their_own_and_biases_none()
    {
        var table = new ParameterTable(
            Info([2, 2], ParameterPacking.Rows) with { Name = "a.weight", Layer = "a" },
            Info([2, 2], ParameterPacking.Rows) with { Name = "b.weight", Layer = "b", Offset = 16 },
            Info([2, 2], ParameterPacking.Rows) with { Name = "c.weight", Layer = "c", Offset = 32 },
            Info([2], ParameterPacking.Rows) with { Name = "c.bias", Layer = "c", Offset = 48, Kind = ParameterKind.Bias });
        var optimizer = new Sgd(0)
        {
            MaxNorm = 2,
            Groups = [new ParameterGroup("a") { MaxNorm = 1 }, new ParameterGroup("b") { MaxNorm = float.PositiveInfinity }],
        };
        var run = new OptimizerRun(optimizer, table);
        foreach (var parameter in table.Parameters)
            parameter.Pack(Enumerable.Range(0, parameter.Count).Select(index => index % 2 == 0 ? 3f : 4).ToArray(), run.Weights.Edit());

        run.Step();

        Assert.Equal([0.6f, 1.2f, 3], new[] { "a.weight", "c.weight", "b.weight" }.Select(name => run.Values(name)[0]), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal([3, 4], run.Values("c.bias"));
    }

    private static ParameterInfo Info(int[] shape, ParameterPacking packing, int groups = 1) =>
        new("a.weight", "a", ParameterKind.Weight, [.. shape], packing, 0, Initializer.Zeros, Groups: groups);
}
