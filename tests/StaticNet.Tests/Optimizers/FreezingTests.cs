using StaticNet.Optimizers;
using StaticNet.Serialization;

namespace StaticNet.Tests.Optimizers;

public class FreezingTests
{
    public static TheoryData<Func<Optimizer>> Kinds => [.. OptimizerRun.Kinds];

    /// <summary>Clipping by the global norm sees what is not frozen, so that a parameter's steps depend on others.</summary>
    public static TheoryData<Func<Optimizer>> Independent => [.. OptimizerRun.Kinds.Where(create => create().ClipNorm is null)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Frozen_parameters_and_their_states_do_not_change(Func<Optimizer> create)
    {
        var run = new OptimizerRun(create());
        run.StepTurning(5);
        run.Optimizer.Freeze("*.bias");
        var (bias, weight) = (run.Values("dense1.bias"), run.Values("dense1.weight"));
        var states = States(run);

        run.StepTurning(4);

        Assert.Equal(bias, run.Values("dense1.bias"));
        Assert.Equal(states, States(run));
        Assert.NotEqual(weight, run.Values("dense1.weight"));
    }

    [Theory]
    [MemberData(nameof(Independent))]
    public void Thawed_parameters_go_on_as_if_no_step_had_been_between(Func<Optimizer> create)
    {
        var (run, other) = (new OptimizerRun(create()), new OptimizerRun(create()));
        run.StepTurning(4);
        run.Optimizer.Freeze("dense1.bias");
        run.StepTurning(4);
        run.Optimizer.Unfreeze("dense1");
        run.StepTurning(4);

        other.StepTurning(8);

        Assert.Equal(other.Values("dense1.bias"), run.Values("dense1.bias"));
        Assert.Empty(run.Optimizer.FrozenParameters);
    }

    [Fact]
    public void A_group_may_start_frozen_and_a_repetition_changes_nothing()
    {
        var run = new OptimizerRun(new Adam(0.1f) { Groups = [new ParameterGroup("*.bias") { Frozen = true }] });
        var bias = run.Values("dense1.bias");
        run.Step(3);
        Assert.Equal(["dense1.bias"], run.Optimizer.FrozenParameters);
        Assert.Equal(bias, run.Values("dense1.bias"));

        run.Optimizer.Freeze("*.bias");
        run.Step(2);
        run.Optimizer.Unfreeze("*.bias");
        run.Optimizer.Unfreeze("*");
        run.Step();

        // Adam's first step has the learning rate's size, whatever number the optimizer's step has.
        Assert.All(bias.Zip(run.Values("dense1.bias")), pair => Assert.Equal(0.1f, Math.Abs(pair.First - pair.Second), 1e-5f));
    }

    [Fact]
    public void Steps_allocate_nothing_after_freezing()
    {
        var run = new OptimizerRun(new AdamW { ClipNorm = 1, MaxNorm = 1 });
        run.Step();
        run.Optimizer.Freeze("*.bias");
        run.Step();

        Assert.Equal(0, Allocations.Of(() => run.Step(10)));
    }

    [Fact]
    public void Everything_may_be_frozen()
    {
        var run = new OptimizerRun(new Adam { ClipNorm = 1, MaxNorm = 0.1f });
        run.Optimizer.Freeze("*");
        var before = run.Parameters.ToArray();

        run.Step(2);

        Assert.Equal(before, run.Parameters.ToArray());
        Assert.Equal(2, run.Optimizer.StepCount);
    }

    [Fact]
    public void What_is_frozen_and_which_steps_were_missed_is_stored()
    {
        static Optimizer Create() => new NAdam(0.1f);
        var run = new OptimizerRun(Create());
        run.Step(2);
        run.Optimizer.Freeze("*.bias");
        run.Step(3);
        run.Optimizer.Unfreeze("*.bias");
        run.Step();
        run.Optimizer.Freeze("*.weight");
        run.Step();

        var stored = new MemoryStream();
        Safetensors.Write(stored, run.Optimizer.ToStateDict());
        var resumed = new OptimizerRun(Create());
        run.Parameters.CopyTo(resumed.Weights.Edit());
        resumed.Optimizer.LoadStateDict(Safetensors.Read(stored.ToArray()));
        Assert.Equal(["dense1.weight"], resumed.Optimizer.FrozenParameters);
        foreach (var each in new[] { run, resumed })
        {
            each.Step(2);
            each.Optimizer.Unfreeze("*");
            each.Step(2);
        }

        Assert.Equal(run.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    private static float[] States(OptimizerRun run) =>
        [.. run.Optimizer.ToStateDict().Where(tensor => tensor.Name.StartsWith("dense1.bias", StringComparison.Ordinal)).SelectMany(tensor => tensor.Values.ToArray())];
}
