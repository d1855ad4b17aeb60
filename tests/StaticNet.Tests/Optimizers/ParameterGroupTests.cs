using StaticNet.Optimizers;

namespace StaticNet.Tests.Optimizers;

public class ParameterGroupTests
{
    private static ParameterTable Table { get; } = new(
        Info("block1.conv1.weight", "block1.conv1", ParameterKind.Weight, 0),
        Info("block1.conv1.bias", "block1.conv1", ParameterKind.Bias, 16),
        Info("norm1.weight", "norm1", ParameterKind.Gain, 32),
        Info("dense1.weight", "dense1", ParameterKind.Weight, 48),
        Info("dense1.bias", "dense1", ParameterKind.Bias, 64));

    [Theory]
    [InlineData("dense1", "dense1.weight", "dense1.bias")]
    [InlineData("dense1.bias", "dense1.bias")]
    [InlineData("*.bias", "block1.conv1.bias", "dense1.bias")]
    [InlineData("block1.*", "block1.conv1.weight", "block1.conv1.bias")]
    [InlineData("*conv*.w*t", "block1.conv1.weight")]
    [InlineData("*1.*1.*", "block1.conv1.weight", "block1.conv1.bias")]
    [InlineData("**", "block1.conv1.weight", "block1.conv1.bias", "norm1.weight", "dense1.weight", "dense1.bias")]
    public void A_pattern_fits_full_names_and_layers(string pattern, params string[] expected)
    {
        var run = new OptimizerRun(new Sgd(0.1f), Table);

        run.Optimizer.Freeze(pattern);

        Assert.Equal(expected, run.Optimizer.FrozenParameters);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("conv1")]
    [InlineData("Dense1")]
    [InlineData("*.slope")]
    public void A_pattern_that_fits_nothing_is_refused_with_the_names(string pattern)
    {
        var optimizer = new Sgd(0.1f) { Groups = [new ParameterGroup("*.bias", pattern)] };
        var error = Assert.Throws<ArgumentException>(() => optimizer.Attach(new NetworkWeights(Table, 1)));
        Assert.Contains($"'{pattern}' fits none of block1.conv1.weight, block1.conv1.bias, norm1.weight, dense1.weight, dense1.bias", error.Message, StringComparison.Ordinal);

        var run = new OptimizerRun(new Sgd(0.1f), Table);
        Assert.Throws<ArgumentException>(() => run.Optimizer.Freeze(pattern));
        Assert.Throws<ArgumentException>(() => run.Optimizer.Unfreeze(pattern));
        Assert.Throws<ArgumentException>(() => run.Optimizer.Freeze(""));
    }

    [Fact]
    public void The_first_fitting_group_counts_and_no_other()
    {
        var optimizer = new Sgd(1)
        {
            Groups =
            [
                new ParameterGroup("block1.*") { LearningRate = 0.5f },
                new ParameterGroup("*.bias") { LearningRateFactor = 0.25f },
                new ParameterGroup("*") { LearningRate = 0.5f, LearningRateFactor = 0.25f },
            ],
        };
        var run = new OptimizerRun(optimizer, Table);

        Assert.Equal([0.5f, 0.5f, 0.125f, 0.125f, 0.25f], Rates(run));
        optimizer.Groups[0].LearningRate = 2;
        optimizer.Groups[2].LearningRate = null;
        optimizer.LearningRate = 4;
        Assert.Equal([2, 2, 1, 1, 1], Rates(run));
    }

    [Fact]
    public void The_schedule_applies_to_groups_too()
    {
        var optimizer = new Sgd(1) { Schedule = new StaticNet.Schedules.ConstantSchedule(0.5f), Groups = [new ParameterGroup("dense1") { LearningRate = 3 }] };

        Assert.Equal([0.5f, 0.5f, 0.5f, 1.5f, 1.5f], Rates(new OptimizerRun(optimizer, Table)));
    }

    [Fact]
    public void Only_weights_decay_unless_all_shall()
    {
        var plain = new OptimizerRun(new Sgd(1) { WeightDecay = 0.5f }, Table);
        var all = new OptimizerRun(new Sgd(1) { WeightDecay = 0.5f, DecayAll = true, Groups = [new ParameterGroup("dense1.*") { DecayAll = false }] }, Table);
        var grouped = new OptimizerRun(
            new Sgd(1) { WeightDecay = 0.5f, Groups = [new ParameterGroup("dense1.*") { DecayAll = true, WeightDecay = 0.25f }, new ParameterGroup("*conv1.*") { WeightDecay = 0 }] }, Table);

        Assert.Equal([0.5f, 0, 0, 0.5f, 0], Decays(plain));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f, 0], Decays(all));
        Assert.Equal([0, 0, 0, 0.25f, 0.25f], Decays(grouped));
    }

    [Theory]
    [InlineData(ParameterKind.Weight, true)]
    [InlineData(ParameterKind.Bias, false)]
    [InlineData(ParameterKind.Slope, false)]
    [InlineData(ParameterKind.Gain, false)]
    [InlineData(ParameterKind.Coefficient, false)]
    [InlineData(ParameterKind.Direction, false)]
    [InlineData(ParameterKind.Magnitude, false)]
    public void Of_all_kinds_only_weights_are_penalised(ParameterKind kind, bool expected)
    {
        // A magnitude starts as the norms of its layer's direction.
        var table = kind == ParameterKind.Magnitude
            ? new ParameterTable(Info("a.v", "a", ParameterKind.Direction, 0), Info("a.b", "a", kind, 16))
            : new ParameterTable(Info("a.b", "a", kind, 0));
        var decayed = new OptimizerRun(new Sgd(1) { WeightDecay = 0.5f }, table);
        var sparse = new OptimizerRun(new Sgd(1) { L1 = 0.5f }, table);
        sparse.Gradients.Clear();
        sparse.Step();

        Assert.Equal(expected ? 0.5f : 0, Decays(decayed)[^1]);
        Assert.Equal(expected ? MathF.Sin(1) - 0.5f : MathF.Sin(1), sparse.Values("a.b")[0], 1e-6f);
    }

    [Fact]
    public void The_l1_penalty_leaves_a_zero_where_it_is()
    {
        var run = new OptimizerRun(new Sgd(0.1f) { L1 = 1, WeightDecay = 0.5f }, Table);
        Table.Parameters[0].Pack([0, 1, -1, -0f], run.Weights.Edit());
        run.Gradients.Clear();

        run.Step();

        Assert.Equal([0, 1 - 0.15f, -1 + 0.15f, 0], run.Values("block1.conv1.weight"), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Figures_of_groups_outside_their_ranges_are_refused()
    {
        Func<object>[] mistakes =
        [
            () => new ParameterGroup("*") { LearningRate = -1 },
            () => new ParameterGroup("*") { LearningRateFactor = float.NaN },
            () => new ParameterGroup("*") { WeightDecay = float.PositiveInfinity },
            () => new ParameterGroup("*") { L1 = -1 },
            () => new ParameterGroup("*") { MaxNorm = 0 },
        ];

        Assert.All(mistakes, mistake => Assert.Throws<ArgumentOutOfRangeException>(mistake));
        Assert.Throws<ArgumentException>(() => new ParameterGroup());
        Assert.Throws<ArgumentNullException>(() => new ParameterGroup(null!));
        Assert.Throws<ArgumentException>(() => new Sgd(1) { Groups = [null!] });
        Assert.Throws<ArgumentException>(() => new ParameterGroup("a", ""));
    }

    /// <summary>What a step with gradients of 1 subtracts from each parameter.</summary>
    private static float[] Rates(OptimizerRun run)
    {
        foreach (var parameter in Table.Parameters)
        {
            parameter.Pack([1, 1, 1, 1], run.Gradients);
            parameter.Pack([0, 0, 0, 0], run.Weights.Edit());
        }

        run.Step();
        return [.. run.Table.Parameters.Select(parameter => -run.Values(parameter.Name)[0])];
    }

    /// <summary>The part of each parameter that a step without gradients takes away.</summary>
    private static float[] Decays(OptimizerRun run)
    {
        foreach (var parameter in run.Table.Parameters)
        {
            parameter.Pack([0, 0, 0, 0], run.Gradients);
            parameter.Pack([1, 1, 1, 1], run.Weights.Edit());
        }

        run.Step();
        return [.. run.Table.Parameters.Select(parameter => 1 - run.Values(parameter.Name)[0])];
    }

    private static ParameterInfo Info(string name, string layer, ParameterKind kind, int offset) =>
        new(name, layer, kind, [4], ParameterPacking.Rows, offset, Initializer.Zeros);
}
