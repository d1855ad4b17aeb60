using StaticNet.Numerics;
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

    public static TheoryData<Optimizer> Kinds =>
    [
        new Sgd(0.1f),
        new Sgd(0.1f, momentum: 0.9f, dampening: 0.5f) { WeightDecay = 30, DecayAll = true, ClipNorm = 1 },
        new Sgd(0.1f, momentum: 0.9f, nesterov: true) { WeightDecay = 0.1f },
        new Adam(0.1f) { WeightDecay = 0.1f, DecayAll = true },
        new AdamW(0.1f) { WeightDecay = 30, DecayAll = true, ClipNorm = 1 },
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Padding_stays_positive_zero(Optimizer optimizer)
    {
        var (parameters, gradients) = Start(optimizer);
        for (var step = 0; step < 20; step++)
        {
            Negate(gradients);
            optimizer.Step(parameters.Span, gradients.Span);
        }

        Assert.Equal(0u, PaddingBits(parameters.Span));
        Assert.Equal(20, optimizer.StepCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing(Optimizer optimizer)
    {
        var (parameters, gradients) = Start(optimizer);
        optimizer.Step(parameters.Span, gradients.Span);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 100; step++)
            optimizer.Step(parameters.Span, gradients.Span);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stored_state_goes_on_with_the_same_bits(Optimizer optimizer)
    {
        var (parameters, gradients) = Start(optimizer);
        for (var step = 0; step < 5; step++)
            optimizer.Step(parameters.Span, gradients.Span);
        var stored = new MemoryStream();
        Safetensors.Write(stored, optimizer.ToStateDict());
        var copy = parameters.Span.ToArray();
        optimizer.Step(parameters.Span, gradients.Span);
        optimizer.Step(parameters.Span, gradients.Span);

        optimizer.LoadStateDict(Safetensors.Read(stored.ToArray()));
        Assert.Equal(5, optimizer.StepCount);
        optimizer.Step(copy, gradients.Span);
        optimizer.Step(copy, gradients.Span);

        Assert.Equal(parameters.Span.ToArray(), copy);
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused_and_nothing_changes()
    {
        var sgd = new Sgd(0.1f, momentum: 0.9f);
        var (parameters, gradients) = Start(sgd);
        sgd.Step(parameters.Span, gradients.Span);
        var adam = new Adam();
        adam.Attach(Table);

        var error = Assert.Throws<ArgumentException>(() => sgd.LoadStateDict(adam.ToStateDict()));

        Assert.Contains("missing: dense1.weight.momentum, dense1.bias.momentum", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: dense1.weight.mean, dense1.weight.square", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, sgd.StepCount);
        var values = new float[5];
        Table.Parameters[1].Unpack(gradients.Span, values);
        Assert.Equal(values, sgd.ToStateDict()["dense1.bias.momentum"].Values.ToArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-1")]
    [InlineData("many")]
    public void A_state_without_a_number_of_steps_is_refused(string? steps)
    {
        var optimizer = new Sgd(0.1f);
        optimizer.Attach(Table);
        var state = optimizer.ToStateDict();
        state.Metadata.Clear();
        if (steps is not null)
            state.Metadata["optimizer.step"] = steps;

        var error = Assert.Throws<ArgumentException>(() => optimizer.LoadStateDict(state));

        Assert.Contains("optimizer.step", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_within_the_norm_are_not_scaled()
    {
        var (free, clipped) = (new Sgd(0.1f), new Sgd(0.1f) { ClipNorm = 1e6f });
        var (parameters1, gradients) = Start(free);
        var (parameters2, _) = Start(clipped);

        free.Step(parameters1.Span, gradients.Span);
        clipped.Step(parameters2.Span, gradients.Span);

        Assert.Equal(parameters1.Span.ToArray(), parameters2.Span.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Clipping_gradients_that_are_not_finite_leaves_the_padding_zero(float value)
    {
        var optimizer = new Sgd(0.1f, momentum: 0.9f) { ClipNorm = 1 };
        var (parameters, gradients) = Start(optimizer);
        gradients.Span[0] = value;

        optimizer.Step(parameters.Span, gradients.Span);

        Assert.Equal(0u, PaddingBits(parameters.Span));
        Assert.False(float.IsFinite(parameters.Span[0]));
    }

    [Fact]
    public void The_norm_of_huge_and_of_tiny_gradients_is_right()
    {
        var huge = new float[32];
        huge.AsSpan().Fill(1e38f);
        var tiny = new float[32];
        tiny.AsSpan().Fill(1e-38f);

        Assert.Equal(Math.Sqrt(32) * 1e38f, UpdateLoop.Norm(huge), 1e28);
        Assert.Equal(Math.Sqrt(32) * 1e-38f, UpdateLoop.Norm(tiny), 1e-48);
    }

    [Fact]
    public void Frozen_parameters_have_no_state()
    {
        var table = new ParameterTable(
            Table.Parameters[0],
            Table.Parameters[1] with { Trainable = false });
        var optimizer = new Adam();
        optimizer.Attach(table);

        Assert.Equal(["dense1.weight.mean", "dense1.weight.square"], optimizer.ToStateDict().Select(tensor => tensor.Name));
        optimizer.Step(new float[48], new float[48]);
        Assert.Throws<ArgumentException>(() => optimizer.Step(new float[64], new float[64]));
    }

    [Fact]
    public void An_optimizer_belongs_to_one_network()
    {
        var optimizer = new Sgd(0.1f, momentum: 0.5f);
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(new float[64], new float[64]));
        Assert.Throws<InvalidOperationException>(() => optimizer.ToStateDict());

        optimizer.Attach(Table);
        optimizer.Step(new float[64], new float[64]);
        optimizer.Attach(Table);
        Assert.Equal(1, optimizer.StepCount);

        Assert.Throws<InvalidOperationException>(() => optimizer.Attach(new ParameterTable(Table.Parameters)));
        Assert.Throws<ArgumentException>(() => optimizer.Step(new float[64], new float[48]));
        Assert.Throws<ArgumentException>(() => optimizer.Step(new float[48], new float[64]));
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, momentum: 0.5f, dampening: 2));
        Assert.Throws<ArgumentException>(() => new Sgd(1, nesterov: true));
        Assert.Throws<ArgumentException>(() => new Sgd(1, momentum: 0.9f, dampening: 0.1f, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { ClipNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { LearningRate = float.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(epsilon: 0));
    }

    [Fact]
    public void A_schedule_that_gives_no_number_is_refused_before_anything_changes()
    {
        var optimizer = new Sgd(0.1f) { Schedule = new BrokenSchedule() };
        var (parameters, gradients) = Start(optimizer);
        var before = parameters.Span.ToArray();

        Assert.Throws<InvalidOperationException>(() => optimizer.Step(parameters.Span, gradients.Span));

        Assert.Equal(before, parameters.Span.ToArray());
        Assert.Equal(0, optimizer.StepCount);
    }

    private static (AlignedBuffer Parameters, AlignedBuffer Gradients) Start(Optimizer optimizer)
    {
        optimizer.Attach(Table);
        var (parameters, gradients) = (new AlignedBuffer(Table.Length), new AlignedBuffer(Table.Length));
        foreach (var parameter in Table.Parameters)
        {
            parameter.Pack(Enumerable.Range(1, parameter.Count).Select(i => MathF.Sin(i)).ToArray(), parameters.Span);
            parameter.Pack(Enumerable.Range(1, parameter.Count).Select(i => MathF.Cos(i) * 3).ToArray(), gradients.Span);
        }

        return (parameters, gradients);
    }

    /// <summary>Turns the gradients, and with them the sign of the padding's zeros.</summary>
    private static void Negate(AlignedBuffer gradients)
    {
        foreach (ref var value in gradients.Span)
            value = -value;
    }

    /// <summary>All bits of the padding, which +0 has none of.</summary>
    private static uint PaddingBits(ReadOnlySpan<float> values)
    {
        var ones = new float[Table.Length];
        foreach (var parameter in Table.Parameters)
            parameter.Pack(Enumerable.Repeat(1f, parameter.Count).ToArray(), ones);
        var bits = 0u;
        for (var index = 0; index < values.Length; index++)
            bits |= ones[index] == 0 ? BitConverter.SingleToUInt32Bits(values[index]) : 0;
        return bits;
    }

    private sealed class BrokenSchedule : Schedule
    {
        public override float At(long step) => float.NaN;
    }
}
