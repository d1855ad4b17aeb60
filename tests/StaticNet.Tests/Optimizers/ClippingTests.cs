using StaticNet.Optimizers;

namespace StaticNet.Tests.Optimizers;

public class ClippingTests
{
    [Fact]
    public void Gradients_within_all_limits_are_not_changed()
    {
        var free = new OptimizerRun(new Sgd(0.1f));
        var clipped = new OptimizerRun(new Sgd(0.1f) { ClipValue = 1e6f, ClipParameterNorm = 1e6f, ClipNorm = 1e6f });

        free.Step();
        clipped.Step();

        Assert.Equal(free.Parameters.ToArray(), clipped.Parameters.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Gradients_that_are_not_finite_are_not_scaled_and_leave_the_padding_zero(float value)
    {
        var run = new OptimizerRun(new Sgd(0.1f, momentum: 0.9f) { ClipParameterNorm = 1, ClipNorm = 1 });
        run.Gradients[0] = value;

        run.Step();

        Assert.Equal(0u, run.PaddingBits(run.Parameters));
        Assert.False(float.IsFinite(run.Parameters[0]));
        Assert.True(float.IsFinite(run.Parameters[1]));
    }

    [Fact]
    public void The_norm_of_huge_and_of_tiny_gradients_is_right()
    {
        var huge = new float[32];
        huge.AsSpan().Fill(1e38f);
        var tiny = new float[32];
        tiny.AsSpan().Fill(1e-38f);

        Assert.Equal(1, GradientClipping.SumOfSquares<Off>(huge, 0) / (32 * (double)1e38f * 1e38f), 1e-12);
        Assert.Equal(1, GradientClipping.SumOfSquares<Off>(tiny, 0) / (32 * (double)1e-38f * 1e-38f), 1e-12);
        Assert.Equal(32 * 4, GradientClipping.SumOfSquares<On>(huge, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_norm_is_that_of_a_plain_sum_for_any_number_of_panels(int panels)
    {
        var values = Enumerable.Range(1, panels * ParameterInfo.PanelWidth).Select(i => 3 * MathF.Sin(i)).ToArray();

        Assert.Equal(values.Sum(value => (double)value * value), GradientClipping.SumOfSquares<Off>(values, 0), 1e-10);
        Assert.Equal(values.Sum(value => Math.Pow(Math.Clamp(value, -2f, 2f), 2)), GradientClipping.SumOfSquares<On>(values, 2), 1e-10);
        values[^1] = float.NaN;
        Assert.Equal(double.NaN, GradientClipping.SumOfSquares<On>(values, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clipping_by_value_limits_infinities_and_keeps_what_is_no_number(bool avoidsWideVectors)
    {
        var run = new OptimizerRun(new Sgd(1) { ClipValue = 0.5f, AvoidsWideVectors = avoidsWideVectors });
        run.Table.Parameters[1].Pack([float.PositiveInfinity, float.NegativeInfinity, float.NaN, -0.75f, 0.25f], run.Gradients);
        var before = run.Values("dense1.bias");

        run.Step();

        Assert.Equal([before[0] - 0.5f, before[1] + 0.5f, float.NaN, before[3] + 0.5f, before[4] - 0.25f], run.Values("dense1.bias"));
    }

    [Fact]
    public void A_frozen_parameter_does_not_count_in_the_global_norm()
    {
        var run = new OptimizerRun(new Sgd(1) { ClipNorm = 1 });
        run.Optimizer.Freeze("*.weight");
        Table(run)[0].Pack(Enumerable.Repeat(1000f, 15).ToArray(), run.Gradients);
        Table(run)[1].Pack([3, 0, 4, 0, 0], run.Gradients);
        var before = run.Values("dense1.bias");

        run.Step();

        var after = run.Values("dense1.bias");
        Assert.Equal([0.6f, 0, 0.8f, 0, 0], before.Zip(after, (old, renewed) => old - renewed), (a, b) => Math.Abs(a - b) < 1e-6f);

        static System.Collections.Immutable.ImmutableArray<ParameterInfo> Table(OptimizerRun run) => run.Table.Parameters;
    }
}
