using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Numerics;

namespace StaticNet.Tests.Surface;

/// <summary>Every call that takes the user's numbers gives the user's numbers; only what is called raw knows nothing of a scaling.</summary>
public class ScalingSurfaceTests
{
    private static readonly float[] Shift = [5, 3, 4, 1];
    private static readonly float[] Scale = [2, 0.5f, 4, 0.25f];

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Forward_takes_and_gives_the_users_numbers(bool scalesInputs, bool scalesOutputs)
    {
        var network = Scaled(scalesInputs, scalesOutputs);
        const int count = 150;
        var inputs = Inputs(count);
        var outputs = new float[count * ScaledRegression.OutputLength];
        network.ForwardBatch(inputs, outputs, count);

        // By hand: scaled one by one, computed raw, and scaled back.
        for (var sample = 0; sample < count; sample++)
        {
            var input = inputs.AsSpan(sample * 4, 4).ToArray();
            var expected = new float[ScaledRegression.OutputLength];
            var scaled = scalesInputs ? input.Select((value, index) => (value - Shift[index]) / Scale[index]).ToArray() : input;
            network.ForwardRaw(scaled, expected);
            if (scalesOutputs)
                expected = [.. expected.Select(value => (value * 10) + 100)];

            var one = new float[ScaledRegression.OutputLength];
            network.Forward(input, one);
            AssertClose(expected, one);
            AssertClose(expected, outputs.AsSpan(sample * ScaledRegression.OutputLength, ScaledRegression.OutputLength).ToArray());
        }

        var predicted = new float[outputs.Length];
        network.Predict(inputs, predicted);
        Assert.Equal(outputs, predicted);
    }

    [Fact]
    public void Every_instance_over_the_weights_scales_alike()
    {
        var network = Scaled(true, true);
        var input = Inputs(1);
        var expected = new float[ScaledRegression.OutputLength];
        network.Predict(input, expected);

        var pool = new NetworkPool<ScaledRegression>(network);
        Check((i, o) => network.ShareWeights().Forward(i, o));
        Check((i, o) => pool.Forward(i, o));
        Check((i, o) => pool.ForwardBatch(i, o, 1));
        Check((i, o) => pool.Predict(i, o));

        void Check(Action<float[], float[]> forward)
        {
            var output = new float[ScaledRegression.OutputLength];
            forward(input, output);
            AssertClose(expected, output);
        }
    }

    [Fact]
    public void The_raw_form_knows_nothing_of_the_scaling()
    {
        var (plain, scaled) = (new ScaledRegression(seed: 3), Scaled(true, true));
        var inputs = Inputs(70);
        var (expected, actual) = (new float[70 * ScaledRegression.OutputLength], new float[70 * ScaledRegression.OutputLength]);

        plain.ForwardBatch(inputs, expected, 70);
        scaled.ForwardRawBatch(inputs, actual, 70);
        Assert.Equal(expected, actual);

        plain.Forward(inputs.AsSpan(0, 4), expected.AsSpan(0, 2));
        scaled.ForwardRaw(inputs.AsSpan(0, 4), actual.AsSpan(0, 2));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_batch_that_may_be_in_the_users_numbers_is_refused(int threads)
    {
        var (plain, network) = (new ScaledRegression(seed: 3), Scaled(true, true));
        using var pool = new WorkerPool(threads);
        var (step, evaluation) = (new ParallelStep<ScaledRegression>(network, pool), new ParallelEvaluation<ScaledRegression>(network, pool));
        var (inputs, targets, outputs) = (Inputs(8), new float[16], new float[16]);

        string[] messages =
        [
            Assert.Throws<ArgumentException>(() => network.TrainBatch(new Batch(inputs, targets, 8))).Message,
            Assert.Throws<ArgumentException>(() => network.EvaluateBatch(new Batch(inputs, targets, 8), outputs)).Message,
            Assert.Throws<ArgumentException>(() => step.TrainBatch(new Batch(inputs, targets, 8))).Message,
            Assert.Throws<ArgumentException>(() => evaluation.Evaluate(new Batch(inputs, targets, 8), outputs)).Message,
        ];

        Assert.All(messages, message => Assert.StartsWith(
            "ScaledRegression has a scaling, and the batch is not marked as scaled: scale inputs and targets by its Scaling, and say so with Batch.IsScaled. A Trainer takes your numbers, as Forward and Predict do.",
            message,
            StringComparison.Ordinal));
        var expected = plain.TrainBatch(new Batch(inputs, targets, 8));
        Assert.Equal(expected, network.TrainBatch(new Batch(inputs, targets, 8) { IsScaled = true }));
        Assert.Equal(expected, step.TrainBatch(new Batch(inputs, targets, 8) { IsScaled = true }));
        Assert.Equal(expected, network.EvaluateBatch(new Batch(inputs, targets, 8) { IsScaled = true }, outputs), 1e-5f);
        Assert.Equal(expected * 8, evaluation.Evaluate(new Batch(inputs, targets, 8) { IsScaled = true }, outputs), 1e-3);
    }

    [Fact]
    public void Lengths_are_checked_with_a_scaling_too()
    {
        var network = Scaled(true, true);

        Assert.Throws<ArgumentException>(() => network.Forward(new float[3], new float[2]));
        Assert.Throws<ArgumentException>(() => network.Forward(new float[4], new float[1]));
        Assert.Throws<ArgumentException>(() => network.ForwardBatch(new float[8], new float[2], 2));
        Assert.ThrowsAny<ArgumentException>(() => network.ForwardBatch(new float[4], new float[2], -1));
        var shared = new float[8];
        Assert.Throws<ArgumentException>(() => network.ForwardBatch(shared.AsSpan(0, 4), shared.AsSpan(2, 2), 1));
    }

    [Fact]
    public void A_scaled_call_allocates_nothing()
    {
        var network = Scaled(true, true);
        var (inputs, outputs) = (Inputs(600), new float[1200]);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var pass = 0; pass < 20; pass++)
            {
                network.Forward(inputs.AsSpan(0, 4), outputs.AsSpan(0, 2));
                network.ForwardBatch(inputs, outputs, 600);
            }
        }));
    }

    [Fact]
    public void The_output_may_stand_in_the_place_of_the_input()
    {
        var network = Scaled(true, true);
        var expected = new float[2];
        var shared = Inputs(1);
        network.Forward(shared, expected);

        network.Forward(shared, shared.AsSpan(0, 2));

        Assert.Equal(expected, shared[..2]);
    }

    private static ScaledRegression Scaled(bool scalesInputs, bool scalesOutputs)
    {
        var network = new ScaledRegression(seed: 3);
        network.SetScaling(scalesInputs ? new Scaler(Shift, Scale) : null, scalesOutputs ? new Scaler([100], [10]) : null);
        return network;
    }

    private static float[] Inputs(int count) => [.. Enumerable.Range(0, count * 4).Select(index => 3 + (2 * MathF.Sin(index)))];

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-4f * (1 + MathF.Abs(expected[index])));
    }
}
