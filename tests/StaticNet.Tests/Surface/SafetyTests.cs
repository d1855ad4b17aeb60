using StaticNet.Networks;
using StaticNet.Numerics;

namespace StaticNet.Tests.Surface;

/// <summary>No public call of a network reads or writes memory that is not its own, and none is silently wrong about overlaps.</summary>
public class SafetyTests
{
    private static readonly float[] Inputs = [.. Enumerable.Range(0, 64).Select(index => index / 64f)];

    [Theory]
    [InlineData(10)]
    [InlineData(1e9f)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void A_part_of_a_phase_refuses_a_class_that_is_none(float target)
    {
        var network = new IndexTargets();
        var targets = new float[32];
        targets[31] = target;

        for (var phase = 0; phase < IndexTargets.PhaseCount; phase++)
            Assert.Throws<ArgumentException>(() => network.RunPhase(phase, 0, 1, new Batch(Inputs, targets, 32)));
    }

    [Theory]
    [InlineData(2, 32, 32)]
    [InlineData(64, 1, 32)]
    [InlineData(64, 33, 33)]
    [InlineData(0, 0, 1)]
    [InlineData(66, 33, 33)]
    public void A_part_of_a_phase_refuses_spans_of_another_length(int inputs, int targets, int count)
    {
        var network = new IndexTargets();

        for (var phase = 0; phase < IndexTargets.PhaseCount; phase++)
            Assert.Throws<ArgumentException>(() => network.RunPhase(phase, 0, 1, new Batch(new float[inputs], new float[targets], count)));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 33)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void A_part_of_a_phase_is_inside_it(int begin, int end) =>
        Assert.Throws<ArgumentException>(() => new IndexTargets().RunPhase(0, begin, end, new Batch(Inputs, new float[32], 32)));

    [Fact]
    public void An_empty_batch_is_refused()
    {
        var network = new IndexTargets();

        Assert.Throws<ArgumentException>(() => network.TrainBatch(default));
        Assert.Throws<ArgumentException>(() => network.EvaluateBatch(default, []));
        Assert.Throws<ArgumentException>(() => network.RunPhase(0, 0, 0, default));
        Assert.Equal(0, network.BatchLoss(default));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(99)]
    public void A_phase_that_there_is_not_is_refused(int phase) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexTargets().RunPhase(phase, 0, 1, new Batch(Inputs, new float[32], 32)));

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Outputs_of_many_samples_stand_apart_from_the_inputs(int count)
    {
        var network = new FiniteTargets();
        var memory = new float[3 * count];

        foreach (var start in new[] { 0, count / 2, count })
        {
            Assert.Contains("share memory", Assert.Throws<ArgumentException>(() => network.ForwardBatch(memory.AsSpan(0, 2 * count), memory.AsSpan(start, count), count)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => network.Predict(memory.AsSpan(0, 2 * count), memory.AsSpan(start, count)));
        }

        network.ForwardBatch(memory.AsSpan(0, 2 * count), memory.AsSpan(2 * count, count), count);
    }

    [Fact]
    public void Outputs_of_an_evaluation_stand_apart_from_the_batch()
    {
        var network = new FiniteTargets();
        var memory = new float[64];
        var other = new float[16];
        using var pool = new WorkerPool(2);
        var parallel = new ParallelEvaluation<FiniteTargets>(network, pool);

        Assert.Throws<ArgumentException>(() => network.EvaluateBatch(new Batch(memory.AsSpan(0, 32), other, 16), memory.AsSpan(31, 16)));
        Assert.Throws<ArgumentException>(() => network.EvaluateBatch(new Batch(memory.AsSpan(0, 32), other, 16), other));
        Assert.Throws<ArgumentException>(() => parallel.Evaluate(new Batch(memory.AsSpan(0, 32), other, 16), memory.AsSpan(31, 16)));
        Assert.Throws<ArgumentException>(() => parallel.Evaluate(new Batch(memory.AsSpan(0, 32), other, 16) { SampleWeights = memory.AsSpan(32, 16) }, memory.AsSpan(40, 16)));
    }

    [Fact]
    public void The_output_of_one_sample_may_stand_in_its_inputs_place()
    {
        var network = new IndexTargets(seed: 3);
        var expected = new float[10];
        network.Forward([0.5f, -0.25f], expected);
        for (var start = 0; start <= 9; start++)
        {
            var memory = new float[12];
            memory[start] = 0.5f;
            memory[start + 1] = -0.25f;
            network.Forward(memory.AsSpan(start, 2), memory.AsSpan(1, 10));
            Assert.Equal(expected, memory.AsSpan(1, 10).ToArray());
        }
    }
}
