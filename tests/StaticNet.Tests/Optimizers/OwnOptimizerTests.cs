using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Serialization;

namespace StaticNet.Tests.Optimizers;

/// <summary>What is public of optimizers: one base class to derive from, and leaves that are sealed.</summary>
public class OwnOptimizerTests
{
    [Fact]
    public void Between_the_base_class_and_an_optimizer_stands_nothing()
    {
        var optimizers = typeof(Optimizer).Assembly.GetTypes().Where(type => type != typeof(Optimizer) && type.IsAssignableTo(typeof(Optimizer))).ToArray();

        Assert.Equal(12, optimizers.Length);
        Assert.All(optimizers, type => Assert.True(type is { IsPublic: true, IsSealed: true } && type.BaseType == typeof(Optimizer), type.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_of_a_users_own_has_groups_schedules_norms_and_a_state(int threads)
    {
        using var pool = new WorkerPool(threads);
        var run = new OptimizerRun(new SignDescent(0.5f) { Groups = [new ParameterGroup("dense1.bias") { LearningRate = 0.25f }], MaxNorm = 100 });
        run.Gradients.Clear();
        run.Table.Parameters[0].Pack(Enumerable.Repeat(2f, run.Table.Parameters[0].Count).ToArray(), run.Gradients);
        run.Table.Parameters[1].Pack(Enumerable.Repeat(-3f, run.Table.Parameters[1].Count).ToArray(), run.Gradients);
        var (weight, bias) = (run.Values("dense1.weight"), run.Values("dense1.bias"));

        run.Optimizer.RunStep(run.Weights, run.Gradients, pool);

        Assert.Equal(weight.Select(value => value - 0.5f), run.Values("dense1.weight"));
        Assert.Equal(bias.Select(value => value + 0.25f), run.Values("dense1.bias"));
        Assert.All(run.Optimizer.ToStateDict()["dense1.weight.average"].Values.ToArray(), value => Assert.Equal(0.2f, value));
        Assert.Equal(1, run.Optimizer.StepCount);
    }

    [Fact]
    public void A_step_that_fails_can_be_followed_by_one_that_does_not()
    {
        var optimizer = new SignDescent(0.5f) { Fails = true };
        var run = new OptimizerRun(optimizer);

        Assert.Throws<NotFiniteNumberException>(() => run.Step());
        Assert.Equal(0, optimizer.StepCount);

        optimizer.Fails = false;
        run.Step();
        Assert.Equal(1, optimizer.StepCount);
    }

    private sealed class SignDescent(float learningRate) : Optimizer(learningRate, "average")
    {
        public bool Fails { get; set; }

        public override void Describe(SettingList settings)
        {
            base.Describe(settings);
            settings.Add("fails", Fails);
        }

        protected override void Update(in OptimizerStep step)
        {
            if (Fails)
                throw new NotFiniteNumberException();
            var average = State(0, step);
            for (var index = 0; index < average.Length; index++)
            {
                average[index] += 0.1f * ((step.Gradients[index] * step.GradientScale) - average[index]);
                step.Parameters[index] -= step.LearningRate * MathF.Sign(average[index]);
            }
        }
    }
}
