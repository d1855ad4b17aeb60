using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Serialization;

namespace StaticNet.Tests.Optimizers;

public class OptimizerTests
{
    /// <summary>A weight [5, 3] in panels and a bias [5]: 48 + 16 floats, 44 of them padding.</summary>
    internal static ParameterTable Table { get; } = new(
        new ParameterInfo("dense1.weight", "dense1", ParameterKind.Weight, [5, 3], ParameterPacking.Panels, 0, Initializer.Zeros),
        new ParameterInfo("dense1.bias", "dense1", ParameterKind.Bias, [5], ParameterPacking.Rows, 48, Initializer.Zeros));

    public static TheoryData<Func<Optimizer>> Kinds => [.. OptimizerRun.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Padding_stays_positive_zero_in_parameters_and_states(Func<Optimizer> create)
    {
        var run = new OptimizerRun(create());
        run.StepTurning(21);

        Assert.Equal(0u, run.PaddingBits(run.Parameters));
        foreach (var state in run.Optimizer.StateBuffers)
            Assert.Equal(0u, run.PaddingBits(state.Span));
        Assert.Equal(21, run.Optimizer.StepCount);
        Assert.All(run.Values("dense1.weight"), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing(Func<Optimizer> create)
    {
        var run = new OptimizerRun(create());
        run.Step(2);

        Assert.Equal(0, Allocations.Of(() => run.Step(100)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stored_state_goes_on_with_the_same_bits(Func<Optimizer> create)
    {
        var run = new OptimizerRun(create());
        run.StepTurning(5);
        var stored = new MemoryStream();
        Safetensors.Write(stored, run.Optimizer.ToStateDict());
        var parameters = run.Parameters.ToArray();
        var gradients = run.Gradients.ToArray();
        run.StepTurning(5);

        var resumed = new OptimizerRun(create());
        parameters.CopyTo(resumed.Weights.Edit());
        gradients.CopyTo(resumed.Gradients);
        resumed.Optimizer.LoadStateDict(Safetensors.Read(stored.ToArray()));
        Assert.Equal(5, resumed.Optimizer.StepCount);
        resumed.StepTurning(5);

        Assert.Equal(run.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused_and_nothing_changes()
    {
        var run = new OptimizerRun(new Sgd(0.1f, momentum: 0.9f));
        run.Step();
        var adam = new OptimizerRun(new Adam());

        var error = Assert.Throws<ArgumentException>(() => run.Optimizer.LoadStateDict(adam.Optimizer.ToStateDict()));

        Assert.Contains("missing: dense1.weight.momentum, dense1.bias.momentum", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: dense1.weight.mean, dense1.weight.square", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, run.Optimizer.StepCount);
        var values = new float[5];
        Table.Parameters[1].Unpack(run.Gradients, values);
        Assert.Equal(values, run.Optimizer.ToStateDict()["dense1.bias.momentum"].Values.ToArray());
    }

    [Theory]
    [InlineData("optimizer.step", null)]
    [InlineData("optimizer.step", "-1")]
    [InlineData("optimizer.step", "many")]
    [InlineData("optimizer.learning_rate", null)]
    [InlineData("optimizer.learning_rate", "-0.1")]
    [InlineData("optimizer.learning_rate", "NaN")]
    [InlineData("optimizer.frozen", "dense1.weight\ndense2.weight")]
    [InlineData("optimizer.step.dense1.bias", "4")]
    [InlineData("optimizer.groups.0.learning_rate", "∞")]
    public void Metadata_that_is_not_valid_is_refused_and_nothing_changes(string key, string? value)
    {
        var run = new OptimizerRun(new Sgd(0.1f, momentum: 0.9f) { Groups = [new ParameterGroup("*")] });
        run.Step(3);
        var state = run.Optimizer.ToStateDict();
        run.Step();
        state.Metadata.Remove(key);
        if (value is not null)
            state.Metadata[key] = value;
        var before = run.Optimizer.ToStateDict()["dense1.bias.momentum"].Values.ToArray();

        var error = Assert.Throws<ArgumentException>(() => run.Optimizer.LoadStateDict(state));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Equal(4, run.Optimizer.StepCount);
        Assert.Equal(before, run.Optimizer.ToStateDict()["dense1.bias.momentum"].Values.ToArray());
    }

    [Fact]
    public void Rates_that_were_changed_are_stored()
    {
        Optimizer Create() => new Sgd(0.1f)
        {
            Groups = [new ParameterGroup("*.bias") { LearningRate = 0.2f }, new ParameterGroup("dense1")],
        };
        var optimizer = new OptimizerRun(Create()).Optimizer;
        optimizer.LearningRate = 0.05f;
        optimizer.Groups[0].LearningRate = 1.1f / 3;

        var other = new OptimizerRun(Create()).Optimizer;
        other.Groups[1].LearningRate = 7;
        other.LoadStateDict(optimizer.ToStateDict());

        Assert.Equal(0.05f, other.LearningRate);
        Assert.Equal(1.1f / 3, other.Groups[0].LearningRate);
        Assert.Null(other.Groups[1].LearningRate);
    }

    [Fact]
    public void Parameters_that_are_frozen_at_compile_time_have_no_state()
    {
        var table = new ParameterTable(Table.Parameters[0], Table.Parameters[1] with { Trainable = false });
        var run = new OptimizerRun(new Adam(), table);

        Assert.Equal(["dense1.weight.mean", "dense1.weight.square"], run.Optimizer.ToStateDict().Select(tensor => tensor.Name));
        run.Step();
        Assert.Throws<ArgumentException>(() => run.Optimizer.Step(run.Weights, new float[64]));
    }

    [Fact]
    public void An_optimizer_belongs_to_one_network()
    {
        var optimizer = new Sgd(0.1f, momentum: 0.5f);
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(new NetworkWeights(Table, 1), new float[64]));
        Assert.Throws<InvalidOperationException>(() => optimizer.ToStateDict());
        Assert.Throws<InvalidOperationException>(() => optimizer.Freeze("*"));

        var run = new OptimizerRun(optimizer);
        run.Step();
        optimizer.Attach(run.Weights);
        Assert.Equal(1, optimizer.StepCount);

        // Another network of the same class has the same table.
        var other = new NetworkWeights(run.Table, 2);
        var attaching = Assert.Throws<InvalidOperationException>(() => optimizer.Attach(other));
        Assert.Contains("each network needs its own optimizer", attaching.Message, StringComparison.Ordinal);
        var stepping = Assert.Throws<ArgumentException>(() => optimizer.Step(other, run.Gradients));
        Assert.Contains("but got those of another one", stepping.Message, StringComparison.Ordinal);

        var lengths = Assert.Throws<ArgumentException>(() => optimizer.Step(run.Weights, run.Gradients[..48]));
        Assert.Contains("Expected 64 gradients, but got 48.", lengths.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => optimizer.Step(null!, run.Gradients));
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Func<object>[] mistakes =
        [
            () => new Sgd(-1),
            () => new Sgd(float.NaN),
            () => new Sgd(1, momentum: 1),
            () => new Sgd(1, momentum: 0.5f, dampening: 2),
            () => new Sgd(1) { WeightDecay = -1 },
            () => new Sgd(1) { L1 = float.NaN },
            () => new Sgd(1) { ClipNorm = 0 },
            () => new Sgd(1) { ClipParameterNorm = -1 },
            () => new Sgd(1) { ClipValue = float.NaN },
            () => new Sgd(1) { MaxNorm = 0 },
            () => new Sgd(1) { LearningRate = float.PositiveInfinity },
            () => new Adam(beta1: -0.1),
            () => new Adam(beta2: 1),
            () => new AdamW(epsilon: 0),
            () => new OnnxAdam { PostDecay = 1.1f },
            () => new NAdam(momentumDecay: -1),
            () => new Adagrad(learningRateDecay: -1),
            () => new Adagrad(initialSquare: float.PositiveInfinity),
            () => new Adagrad(epsilon: 0),
            () => new Adadelta(rho: 1),
            () => new Adadelta(epsilon: float.NaN),
            () => new RMSprop(alpha: 1),
            () => new RMSprop(momentum: 1),
            () => new RMSprop(epsilon: -1),
            () => new Lion(beta1: 1),
            () => new Lion(beta2: -0.1),
            () => new Rprop(decrease: 1),
            () => new Rprop(increase: 1),
            () => new Rprop(smallest: 0),
            () => new Rprop(smallest: 2, largest: 1),
            () => new Rprop(largest: float.PositiveInfinity),
        ];

        Assert.All(mistakes, mistake =>
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(mistake);
            Assert.Contains("Expected a ", error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.ActualValue);
        });
        var nesterov = Assert.Throws<ArgumentException>(() => new Sgd(1, nesterov: true));
        Assert.Contains("Nesterov needs a momentum above 0", nesterov.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_gives_no_number_is_refused_before_anything_changes()
    {
        var run = new OptimizerRun(new Sgd(0.1f) { Schedule = new BrokenSchedule(), ClipNorm = 1 });
        var before = run.Parameters.ToArray();

        Assert.Throws<InvalidOperationException>(() => run.Step());

        Assert.Equal(before, run.Parameters.ToArray());
        Assert.Equal(0, run.Optimizer.StepCount);
    }

    [Fact]
    public void A_network_without_trainable_parameters_takes_steps_that_change_nothing()
    {
        var table = new ParameterTable(Table.Parameters[0] with { Trainable = false });
        var run = new OptimizerRun(new Adam { ClipNorm = 1, MaxNorm = 1 }, table);

        run.Step(3);

        Assert.Equal(3, run.Optimizer.StepCount);
        Assert.Empty(run.Optimizer.ToStateDict());
    }

    [Fact]
    public void Rprop_alone_needs_full_batches() =>
        Assert.True(new Rprop().NeedsFullBatch && !new Adam().NeedsFullBatch && !new Sgd(1).NeedsFullBatch);

    private sealed class BrokenSchedule : Schedule
    {
        public override float At(long step) => float.NaN;
    }
}
