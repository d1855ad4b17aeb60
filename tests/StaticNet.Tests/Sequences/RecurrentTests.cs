using StaticNet.Networks.Sequences;
using StaticNet.Reference.Comparison;
using StaticNet.Serialization;

namespace StaticNet.Tests.Sequences;

/// <summary>Recurrent layers over whole sequences and in streams.</summary>
public sealed class RecurrentTests
{
    [Theory]
    [InlineData(typeof(Gru16))]
    [InlineData(typeof(Lstm20))]
    [InlineData(typeof(Elman))]
    [InlineData(typeof(SmallCells))]
    [InlineData(typeof(BothWays))]
    [InlineData(typeof(SequenceClasses))]
    [InlineData(typeof(SequenceSummary))]
    [InlineData(typeof(Wave))]
    [InlineData(typeof(CausalMix))]
    public void Outputs_losses_and_gradients_agree_with_the_reference(Type network)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var report = NetworkComparison.Compare(network, seed);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void A_stream_of_steps_gives_what_the_whole_sequence_gives()
    {
        Check<Gru16>();
        Check<Lstm20>();
        Check<Elman>();
        Check<SmallCells>();
        Check<SequenceClasses>();
        Check<Wave>();
        Check<CausalMix>();

        static void Check<TNetwork>()
            where TNetwork : class, IStreamingNetwork<TNetwork>
        {
            var network = TNetwork.Create(4);
            var (inputs, whole, steps) = (Random(TNetwork.InputLength), new float[TNetwork.OutputLength], new float[TNetwork.Steps * TNetwork.StepOutputLength]);
            network.Forward(inputs, whole);
            var state = TNetwork.CreateState();
            for (var repeat = 0; repeat < 2; repeat++)
            {
                state.Reset();
                for (var step = 0; step < TNetwork.Steps; step++)
                {
                    network.ForwardStep(
                        state, inputs.AsSpan(step * TNetwork.StepInputLength, TNetwork.StepInputLength), steps.AsSpan(step * TNetwork.StepOutputLength, TNetwork.StepOutputLength));
                }

                // Of an output of the whole sequence the stream's last step is that.
                for (var index = 0; index < whole.Length; index++)
                    Assert.Equal(whole[index], steps[steps.Length - whole.Length + index], 2e-6f);
            }
        }
    }

    [Fact]
    public void Any_division_of_a_stream_into_blocks_gives_the_same_bits()
    {
        var network = new Lstm20(seed: 3);
        const int Length = 200;
        var inputs = Random(Length * Lstm20.StepInputLength);
        var (expected, state) = (new float[Length * Lstm20.StepOutputLength], Lstm20.CreateState());
        for (var step = 0; step < Length; step++)
            network.ForwardStep(state, inputs.AsSpan(step * 3, 3), expected.AsSpan(step * 2, 2));
        foreach (var size in new[] { 1, 2, 7, 64, 200 })
        {
            var outputs = new float[expected.Length];
            state.Reset();
            for (var begin = 0; begin < Length; begin += size)
            {
                var count = Math.Min(size, Length - begin);
                network.ForwardSteps(state, inputs.AsSpan(begin * 3, count * 3), outputs.AsSpan(begin * 2, count * 2));
            }

            Assert.Equal(Length, state.Position);
            Assert.Equal(expected, outputs);
        }

        network.ForwardSteps(state, [], []);
        Assert.Equal(Length, state.Position);
    }

    [Fact]
    public void A_block_may_be_computed_in_its_own_place_where_steps_have_one_length()
    {
        var network = new Gru16(seed: 3);
        var input = Random(100);
        var (output, inPlace) = (new float[100], input.ToArray());
        network.ForwardSteps(Gru16.CreateState(), input, output);
        network.ForwardSteps(Gru16.CreateState(), inPlace, inPlace);
        Assert.Equal(output, inPlace);
        Assert.Throws<ArgumentException>(() => network.ForwardSteps(Gru16.CreateState(), inPlace.AsSpan(0, 99), inPlace.AsSpan(1, 99)));
    }

    [Fact]
    public void A_block_has_whole_steps()
    {
        var network = new Lstm20(seed: 3);
        var state = Lstm20.CreateState();
        Assert.Equal(
            "The inputs have 10 floats, which are no whole number of steps: a step of the network takes 3. (Parameter 'inputs')",
            Assert.Throws<ArgumentException>(() => network.ForwardSteps(state, new float[10], new float[6])).Message);
        Assert.Equal(
            "The outputs have 5 floats; 3 steps of the network give 6. (Parameter 'outputs')",
            Assert.Throws<ArgumentException>(() => network.ForwardSteps(state, new float[9], new float[5])).Message);
        Assert.Throws<ArgumentException>(() => network.ForwardSteps(Gru16.CreateState(), new float[9], new float[6]));
        Assert.Equal(0, state.Position);
    }

    [Fact]
    public void A_block_in_the_users_numbers_is_scaled_step_by_step_and_allocates_nothing()
    {
        var network = new Lstm20(seed: 3);
        network.SetScaling(StaticNet.Data.Scaler.Standard(Random(3 * 40, 9), 3));
        var input = Random(30);
        var (output, expected, state) = (new float[20], new float[20], Lstm20.CreateState());
        for (var step = 0; step < 10; step++)
            network.ForwardStep(state, input.AsSpan(step * 3, 3), expected.AsSpan(step * 2, 2));
        state.Reset();
        network.ForwardSteps(state, input, output);
        Assert.Equal(expected, output);
        Assert.Equal(0, Allocations.Of(() => network.ForwardSteps(state, input, output)));
        Assert.Equal(0, Allocations.Of(() => network.ForwardStepsRaw(state, input, output)));
    }

    [Fact]
    public void The_outputs_of_a_sequence_do_not_depend_on_those_beside_it()
    {
        Check<Gru16>();
        Check<Lstm20>();
        Check<Elman>();
        Check<BothWays>();

        static void Check<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>
        {
            var network = TNetwork.Create(4);
            for (var count = 1; count <= 13; count++)
            {
                var (inputs, together, alone) = (Random(count * TNetwork.InputLength), new float[count * TNetwork.OutputLength], new float[TNetwork.OutputLength]);
                network.ForwardBatch(inputs, together, count);
                for (var sequence = 0; sequence < count; sequence++)
                {
                    network.Forward(inputs.AsSpan(sequence * TNetwork.InputLength, TNetwork.InputLength), alone);
                    Assert.Equal(alone, together.AsSpan(sequence * TNetwork.OutputLength, TNetwork.OutputLength).ToArray());
                }
            }
        }
    }

    [Fact]
    public void States_are_saved_by_layer_and_go_on_where_they_were()
    {
        var network = new Lstm20(seed: 2);
        var input = Random(Lstm20.InputLength);
        var (state, output, other) = (Lstm20.CreateState(), new float[2], new float[2]);
        for (var step = 0; step < 4; step++)
            network.ForwardStep(state, input.AsSpan(step * 3, 3), output);
        var saved = state.ToStateDict();
        Assert.Equal(["lstm1.hidden", "lstm1.cell"], saved.Select(tensor => tensor.Name));
        Assert.All(saved, tensor => Assert.Equal<int>([1, 20], tensor.Shape));
        var loaded = Lstm20.CreateState();
        loaded.LoadStateDict(saved);
        for (var step = 4; step < 9; step++)
        {
            network.ForwardStep(state, input.AsSpan(step * 3, 3), output);
            network.ForwardStep(loaded, input.AsSpan(step * 3, 3), other);
            Assert.Equal(output, other);
        }
    }

    [Fact]
    public void A_network_that_looks_ahead_is_no_stream()
    {
        Assert.Contains(typeof(IStreamingNetwork<Gru16>), typeof(Gru16).GetInterfaces());
        Assert.DoesNotContain(typeof(BothWays).GetInterfaces(), type => type.Name.StartsWith("IStreamingNetwork", StringComparison.Ordinal));
    }

    [Fact]
    public void Parameters_have_the_names_shapes_and_starts_of_the_field()
    {
        var network = new SmallCells(seed: 1);
        var state = network.ToStateDict();
        Assert.Equal(
            ["lstm1.weight_ih", "lstm1.weight_hh", "lstm1.bias_ih", "lstm1.bias_hh", "gru1.weight_ih", "gru1.weight_hh", "layerNorm1.weight", "layerNorm1.bias", "dense1.weight", "dense1.bias"],
            SmallCells.ParameterTable.Parameters.OrderBy(parameter => state.ToList().FindIndex(tensor => tensor.Name == parameter.Name)).Select(parameter => parameter.Name));
        Assert.Equal<int>([12, 2], state["lstm1.weight_ih"].Shape);
        Assert.Equal<int>([12, 3], state["lstm1.weight_hh"].Shape);
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], state["lstm1.bias_ih"].Values.ToArray());

        // The columns of an orthogonal weight are at right angles, each of length 1.
        var weight = state["gru1.weight_hh"].Values.ToArray();
        for (var column = 0; column < 5; column++)
        {
            for (var other = 0; other <= column; other++)
                Assert.Equal(column == other ? 1 : 0, Enumerable.Range(0, 15).Sum(row => weight[(row * 5) + column] * (double)weight[(row * 5) + other]), 1e-5);
        }

        // What is between gates in memory is zero, and files do not have it.
        var values = Random(state["gru1.weight_ih"].Values.Length);
        var changed = new StateDict();
        foreach (var tensor in state)
            changed.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Name == "gru1.weight_ih" ? values : tensor.Values);
        network.LoadStateDict(changed);
        Assert.Equal(values, network.ToStateDict()["gru1.weight_ih"].Values.ToArray());
        var info = SmallCells.ParameterTable.Parameters.Single(parameter => parameter.Name == "gru1.weight_ih");
        Assert.Equal(values.Length, network.Weights.Values.Slice(info.Offset, info.PackedLength).ToArray().Count(value => value != 0));
    }

    private static float[] Random(int count, int seed = 11)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
    }
}
