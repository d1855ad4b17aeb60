using StaticNet.Networks.Golden.Sequences;
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
    [InlineData(typeof(LongKernels))]
    [InlineData(typeof(OddUnits))]
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
        Check<LongKernels>();
        Check<OddUnits>();
        Check<ProjectedCells>();

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
        Check<Lstm20>();
        Check<Wave>();
        Check<CausalMix>();
        Check<LongKernels>();
        Check<ProjectedCells>();

        static void Check<TNetwork>()
            where TNetwork : class, IStreamingNetwork<TNetwork>
        {
            const int Length = 200;
            var network = TNetwork.Create(3);
            var (given, made) = (TNetwork.StepInputLength, TNetwork.StepOutputLength);
            var inputs = Random(Length * given);
            var (expected, state) = (new float[Length * made], TNetwork.CreateState());
            for (var step = 0; step < Length; step++)
                network.ForwardStep(state, inputs.AsSpan(step * given, given), expected.AsSpan(step * made, made));
            foreach (var size in new[] { 1, 2, 7, 64, 200 })
            {
                var outputs = new float[expected.Length];
                state.Reset();
                for (var begin = 0; begin < Length; begin += size)
                {
                    var count = Math.Min(size, Length - begin);
                    network.ForwardSteps(state, inputs.AsSpan(begin * given, count * given), outputs.AsSpan(begin * made, count * made));
                }

                Assert.Equal(Length, state.Position);
                Assert.Equal(expected, outputs);
            }

            network.ForwardSteps(state, [], []);
            Assert.Equal(Length, state.Position);
        }
    }

    [Fact]
    public void A_ring_that_is_copied_or_saved_in_mid_turn_goes_on_where_it_was()
    {
        var network = new Wave(seed: 3);
        var inputs = Random(60 * 2);
        var (expected, output) = (new float[60], new float[40]);
        network.ForwardSteps(Wave.CreateState(), inputs, expected);
        var state = Wave.CreateState();
        network.ForwardSteps(state, inputs.AsSpan(0, 40), output.AsSpan(0, 20));
        var loaded = Wave.CreateState();
        loaded.LoadStateDict(state.ToStateDict());
        foreach (var other in new[] { state.Clone(), loaded })
        {
            network.ForwardSteps(other, inputs.AsSpan(40, 80), output);
            Assert.Equal(expected[20..], output);
        }
    }

    [Fact]
    public void A_state_can_be_read_and_given_by_name()
    {
        var network = new Wave(seed: 3);
        var inputs = Random(60 * 2);
        var (expected, output) = (new float[60], new float[40]);
        network.ForwardSteps(Wave.CreateState(), inputs, expected);
        var (state, other) = (Wave.CreateState(), Wave.CreateState());
        network.ForwardSteps(state, inputs.AsSpan(0, 40), output.AsSpan(0, 20));
        // The other stream is elsewhere in its rings.
        network.ForwardSteps(other, inputs.AsSpan(0, 14), output.AsSpan(0, 7));
        foreach (var info in Wave.StateTable.States)
        {
            var values = new float[info.Steps * info.Shape.Aggregate((product, size) => product * size)];
            state.Read(info.Name, values);
            other.Write(info.Name, values);
        }

        network.ForwardSteps(other, inputs.AsSpan(40, 80), output);
        Assert.Equal(expected[20..], output);
    }

    [Fact]
    public void A_state_by_another_name_or_of_another_length_is_refused()
    {
        var state = Gru8Stream.CreateState();
        var e = Assert.Throws<ArgumentException>(() => state.Read("gru1", new float[8]));
        Assert.StartsWith("The stream keeps nothing called 'gru1'; it keeps 1 steps of gru1.hidden.", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => state.Write("gru1.hidden", new float[9]));
        Assert.StartsWith("gru1.hidden has 8 floats, [1, 8]; the span has 9.", e.Message, StringComparison.Ordinal);
        float[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        state.Write("gru1.hidden", values);
        var read = new float[8];
        state.Read("gru1.hidden", read);
        Assert.Equal(values, read);
    }

    [Fact]
    public void A_block_can_be_in_the_place_of_its_inputs_where_one_of_these_is_an_output()
    {
        var network = new PassedOn();
        float[] expected = [3, 0, 0, 6, 1, 2, 9, 4, 5];
        float[] block = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        network.ForwardSteps(PassedOn.CreateState(), block, block);
        Assert.Equal(expected, block);

        var state = PassedOn.CreateState();
        block = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (var step = 0; step < 3; step++)
            network.ForwardStep(state, block.AsSpan(3 * step, 3), block.AsSpan(3 * step, 3));
        Assert.Equal(expected, block);
    }

    [Fact]
    public void An_input_that_no_layer_reads_can_be_an_output()
    {
        var network = new PassedOn();
        var (inputs, outputs) = (Random(2 * PassedOn.InputLength), new float[2 * PassedOn.OutputLength]);
        network.ForwardBatch(inputs, outputs, count: 2);
        for (var step = 0; step < 2 * PassedOn.Steps; step++)
        {
            Assert.Equal(inputs[(3 * step) + 2], outputs[3 * step]);
            var before = step % PassedOn.Steps == 0 ? [0, 0] : inputs.AsSpan(3 * (step - 1), 2).ToArray();
            Assert.Equal(before, outputs[((3 * step) + 1)..((3 * step) + 3)]);
        }
    }

    [Fact]
    public void Targets_for_each_step_or_for_the_whole_sequence_are_told_apart()
    {
        var whole = Assert.Throws<ArgumentException>(() => SequenceSummary.CheckBatch(new Batch(new float[2 * 12], new float[2 * 6 * 5], 2)));
        Assert.Contains("look like targets for each of the 6 steps", whole.Message, StringComparison.Ordinal);
        var stepwise = Assert.Throws<ArgumentException>(() => Lstm20.CheckBatch(new Batch(new float[2 * 27], new float[2 * 2], 2)));
        Assert.Contains("look like targets for the whole sequence: the network has an output for each of its 9 steps", stepwise.Message, StringComparison.Ordinal);
        var neither = Assert.Throws<ArgumentException>(() => Lstm20.CheckBatch(new Batch(new float[2 * 27], new float[2 * 3], 2)));
        Assert.DoesNotContain("look like", neither.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_block_is_checked_too()
    {
        var network = new Lstm20(seed: 3);
        for (var isScaled = 0; isScaled < 2; isScaled++)
        {
            Assert.Throws<ArgumentNullException>(() => network.ForwardSteps(null!, [], []));
            Assert.Throws<ArgumentException>(() => network.ForwardSteps(Gru16.CreateState(), [], []));
            network.SetScaling(StaticNet.Data.Scaler.Standard(Random(3 * 40, 9), 3));
        }
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
        Check<ProjectedCells>();
        Check<ProjectedStates>();

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
    public void A_projected_state_is_as_long_as_the_projection()
    {
        Assert.Equal(
            ["lstm1.hidden [1, 3]", "lstm1.cell [1, 6]", "lstm2.hidden [1, 3]", "lstm2.cell [1, 6]", "lstm3.hidden [1, 9]", "lstm3.cell [1, 18]"],
            ProjectedCells.CreateState().ToStateDict().Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));
        Assert.Equal<int>([3, 6], new ProjectedCells().ToStateDict()["lstm2.weight_hr"].Shape);
    }

    [Fact]
    public void A_stream_begins_with_the_states_that_the_network_has_learned()
    {
        var network = new LearnedStates(seed: 2);
        var learned = network.ToStateDict();
        var random = new Random(5);
        foreach (var tensor in learned)
        {
            if (tensor.Name.EndsWith('0'))
                Assert.All(tensor.Values.ToArray(), value => Assert.Equal(0, value));
        }

        var changed = new StateDict();
        foreach (var tensor in learned)
            changed.Add(tensor.Name, tensor.Shape.AsSpan(), [.. tensor.Values.ToArray().Select(value => value + random.NextSingle())]);
        network.LoadStateDict(changed);
        var (input, whole, output) = (Random(LearnedStates.InputLength), new float[LearnedStates.OutputLength], new float[LearnedStates.OutputLength]);
        network.Forward(input, whole);
        var state = LearnedStates.CreateState();
        for (var turn = 0; turn < 2; turn++)
        {
            network.ForwardSteps(state, input, output);
            for (var index = 0; index < whole.Length; index++)
                Assert.Equal(whole[index], output[index], 2e-6f);
            state.Reset();
        }

        // A state that the program gives is not replaced.
        var given = LearnedStates.CreateState();
        given.Write("gru1.hidden", new float[18]);
        given.Write("simpleRNN1.hidden", changed["simpleRNN1.h0"].Values);
        given.Write("lstm1.hidden", changed["lstm1.h0"].Values);
        given.Write("lstm1.cell", changed["lstm1.c0"].Values);
        network.ForwardSteps(given, input, output);
        Assert.NotEqual(whole[0], output[0], 1e-4f);
        given.Reset();
        given.Write("gru1.hidden", changed["gru1.h0"].Values);
        given.Write("simpleRNN1.hidden", changed["simpleRNN1.h0"].Values);
        given.Write("lstm1.hidden", changed["lstm1.h0"].Values);
        given.Write("lstm1.cell", changed["lstm1.c0"].Values);
        network.ForwardSteps(given, input, output);
        Assert.Equal(whole[^1], output[^1], 2e-6f);
        Assert.Equal(0, Allocations.Of(() =>
        {
            state.Reset();
            network.ForwardSteps(state, input, output);
        }));
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
            state.Select(tensor => tensor.Name));
        Assert.Equal<int>([12, 2], state["lstm1.weight_ih"].Shape);
        Assert.Equal<int>([12, 3], state["lstm1.weight_hh"].Shape);
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], state["lstm1.bias_ih"].Values.ToArray());
    }

    [Fact]
    public void The_weight_of_the_hidden_state_starts_orthogonal()
    {
        // The columns of an orthogonal weight are at right angles, each of length 1.
        var weight = new SmallCells(seed: 1).ToStateDict()["gru1.weight_hh"].Values.ToArray();
        for (var column = 0; column < 5; column++)
        {
            for (var other = 0; other <= column; other++)
                Assert.Equal(column == other ? 1 : 0, Enumerable.Range(0, 15).Sum(row => weight[(row * 5) + column] * (double)weight[(row * 5) + other]), 1e-5);
        }

    }

    [Fact]
    public void What_is_between_gates_in_memory_is_zero_and_not_in_files()
    {
        var network = new SmallCells(seed: 1);
        var state = network.ToStateDict();
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
