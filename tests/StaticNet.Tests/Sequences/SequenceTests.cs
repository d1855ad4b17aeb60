using StaticNet.Networks;
using StaticNet.Networks.Sequences;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Sequences;

/// <summary>Networks over sequences: whole, and step by step.</summary>
public sealed class SequenceTests
{
    [Theory]
    [InlineData(typeof(Echo))]
    [InlineData(typeof(Film))]
    [InlineData(typeof(EachStep))]
    public void Outputs_losses_and_gradients_agree_with_the_reference(Type network)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var report = NetworkComparison.Compare(network, seed);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void A_delay_gives_what_came_so_many_steps_before()
    {
        var network = new Taps();
        var input = Enumerable.Range(1, 16).Select(step => (float)step).ToArray();
        var output = new float[Taps.OutputLength];
        network.Forward(input, output);
        for (var step = 0; step < 16; step++)
            Assert.Equal([Math.Max(0, step - 4), step, step + 1], output.AsSpan(step * 3, 3).ToArray().Select(value => (int)value));
    }

    [Fact]
    public void A_stream_of_steps_gives_what_the_whole_sequence_gives()
    {
        Check<Echo>();
        Check<Film>();
        Check<EachStep>();
        Check<Taps>();

        static void Check<TNetwork>()
            where TNetwork : class, IStreamingNetwork<TNetwork>
        {
            var network = TNetwork.Create(4);
            var (inputs, whole, steps) = (Random(TNetwork.InputLength), new float[TNetwork.OutputLength], new float[TNetwork.OutputLength]);
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

                Assert.Equal(TNetwork.Steps, state.Position);
                Near(whole, steps);
            }
        }
    }

    [Fact]
    public void A_stream_goes_on_beyond_the_steps_of_a_sample()
    {
        var network = new Taps();
        var state = Taps.CreateState();
        var output = new float[3];
        for (var step = 0; step < 1000; step++)
        {
            network.ForwardStep(state, [step + 1], output);
            Assert.Equal([Math.Max(0, step - 4), step, step + 1], output);
        }
    }

    [Fact]
    public void A_new_stream_holds_the_initial_values_of_its_delays()
    {
        var state = Echo.CreateState();
        AssertBegins();
        var (input, output) = (Random(Echo.StepInputLength), new float[Echo.StepOutputLength]);
        new Echo().ForwardStep(state, input, output);
        Assert.Equal([0.25f, 0.25f, 0.25f, .. input.AsSpan(0, 3)], state.ToStateDict()["echo"].Values.ToArray());
        state.Reset();
        AssertBegins();

        void AssertBegins()
        {
            Assert.All(state.ToStateDict()["echo"].Values.ToArray(), value => Assert.Equal(0.25f, value));
            Assert.All(state.ToStateDict()["before"].Values.ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Streams_that_share_a_network_do_not_meet()
    {
        var network = new Echo(seed: 2);
        var inputs = new[] { Random(Echo.InputLength, 1), Random(Echo.InputLength, 2) };
        var states = new[] { Echo.CreateState(), Echo.CreateState() };
        var expected = inputs.Select(input =>
        {
            var output = new float[Echo.OutputLength];
            network.Forward(input, output);
            return output;
        }).ToArray();
        var step = new float[Echo.StepOutputLength];
        for (var time = 0; time < Echo.Steps; time++)
        {
            for (var stream = 0; stream < 2; stream++)
            {
                network.ForwardStep(states[stream], inputs[stream].AsSpan(time * Echo.StepInputLength, Echo.StepInputLength), step);
                Near(expected[stream].AsSpan(time * Echo.StepOutputLength, Echo.StepOutputLength), step);
            }
        }
    }

    [Fact]
    public void A_state_that_is_copied_or_saved_goes_on_where_it_was()
    {
        var network = new Echo(seed: 2);
        var input = Random(Echo.InputLength);
        var (state, output) = (Echo.CreateState(), new float[Echo.StepOutputLength]);
        for (var step = 0; step < 5; step++)
            network.ForwardStep(state, input.AsSpan(step * Echo.StepInputLength, Echo.StepInputLength), output);

        var path = Path.Combine(Path.GetTempPath(), $"state-{Guid.NewGuid():N}.safetensors");
        var loaded = EchoTwin.CreateState();
        try
        {
            state.SaveSafetensors(path);
            loaded.LoadSafetensors(path);
        }
        finally
        {
            File.Delete(path);
        }

        var (copy, twin) = (state.Clone(), new EchoTwin());
        twin.LoadStateDict(network.ToStateDict());
        Assert.Equal(["echo", "before"], state.ToStateDict().Select(tensor => tensor.Name));
        Assert.Equal<int>([2, 3], state.ToStateDict()["echo"].Shape);
        Assert.Equal(
            Enumerable.Range(3, 2).SelectMany(step => input.Skip(step * Echo.StepInputLength).Take(3)), state.ToStateDict()["echo"].Values.ToArray());
        var (ofCopy, ofLoaded) = (new float[output.Length], new float[output.Length]);
        for (var step = 5; step < Echo.Steps; step++)
        {
            var now = input.AsSpan(step * Echo.StepInputLength, Echo.StepInputLength);
            network.ForwardStep(state, now, output);
            network.ForwardStep(copy, now, ofCopy);
            twin.ForwardStep(loaded, now, ofLoaded);
            Assert.Equal(output, ofCopy);
            Assert.Equal(output, ofLoaded);
        }
    }

    [Fact]
    public void Spans_of_their_own_give_what_one_span_gives()
    {
        var network = new Echo(seed: 2);
        var input = Random(Echo.InputLength);
        var output = new float[Echo.OutputLength];
        network.Forward(input, output);
        float[] Part(int offset, int length) => [.. input.Chunk(Echo.StepInputLength).SelectMany(step => step.Skip(offset).Take(length))];
        var (sound, knobs, feedback) = (Part(Echo.Inputs.SoundOffset, 3), Part(Echo.Inputs.KnobsOffset, 2), Part(Echo.Inputs.FeedbackOffset, 4));
        var (tone, before, level) = (new float[Echo.Outputs.ToneLength], new float[Echo.Outputs.BeforeLength], new float[Echo.Outputs.LevelLength]);
        network.Forward(sound, knobs, feedback, tone, before, level);
        Compare();

        network.SetScaling(StaticNet.Data.Scaler.Standard(Random(Echo.StepInputLength * 40, 9), Echo.StepInputLength));
        network.Forward(input, output);
        network.Forward(sound, knobs, feedback, tone, before, level);
        Compare();

        var (state, other) = (Echo.CreateState(), Echo.CreateState());
        var (stepTone, stepBefore, stepLevel) = (new float[6], new float[6], new float[3]);
        var one = new float[Echo.StepOutputLength];
        for (var step = 0; step < Echo.Steps; step++)
        {
            network.ForwardStep(state, sound.AsSpan(step * 3, 3), knobs.AsSpan(step * 2, 2), feedback.AsSpan(step * 4, 4), stepTone, stepBefore, stepLevel);
            network.ForwardStep(other, input.AsSpan(step * Echo.StepInputLength, Echo.StepInputLength), one);
            Assert.Equal<float>(one, new[] { stepTone, stepBefore, stepLevel }.SelectMany(part => part));
            Near(output.AsSpan(step * Echo.StepOutputLength, Echo.StepOutputLength), one);
        }

        void Compare()
        {
            for (var step = 0; step < Echo.Steps; step++)
            {
                var now = output.AsSpan(step * Echo.StepOutputLength, Echo.StepOutputLength);
                Near(now[..6], tone.AsSpan(step * 6, 6));
                Near(now[6..12], before.AsSpan(step * 6, 6));
                Near(now[12..], level.AsSpan(step * 3, 3));
            }
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var network = new Echo();
        network.SetScaling(StaticNet.Data.Scaler.Standard(Random(Echo.StepInputLength * 40, 9), Echo.StepInputLength));
        var (state, input, output) = (Echo.CreateState(), new float[Echo.StepInputLength], new float[Echo.StepOutputLength]);
        Assert.Equal(0, Allocations.Of(() => network.ForwardStep(state, input, output)));
        Assert.Equal(0, Allocations.Of(() => network.ForwardStepRaw(state, input, output)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var network = new Echo();
        var (input, output) = (new float[Echo.StepInputLength], new float[Echo.StepOutputLength]);
        Assert.Equal(
            "The state belongs to another network: create one with Echo.CreateState(). (Parameter 'state')",
            Assert.Throws<ArgumentException>(() => network.ForwardStep(Taps.CreateState(), input, output)).Message);
        Assert.Throws<ArgumentNullException>(() => network.ForwardStep(null!, input, output));
        Assert.Equal(
            "The input has 8 floats; a step of the network takes 9. (Parameter 'input')",
            Assert.Throws<ArgumentException>(() => network.ForwardStep(Echo.CreateState(), new float[8], output)).Message);
        Assert.Throws<ArgumentException>(() => Echo.CreateState().CopyFrom(Taps.CreateState()));
        Assert.Contains("echo", Assert.Throws<ArgumentException>(() => Echo.CreateState().LoadStateDict(Taps.CreateState().ToStateDict())).Message, StringComparison.Ordinal);
        network.SetScaling(StaticNet.Data.Scaler.Standard(Random(Echo.InputLength * 40, 9), Echo.InputLength));
        Assert.Contains("1 or 9 inputs, the same for every step", Assert.Throws<InvalidOperationException>(() => network.ForwardStep(Echo.CreateState(), input, output)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_shows_every_step_of_a_layer()
    {
        var network = new EachStep(seed: 2);
        var input = Random(EachStep.InputLength);
        var (trace, output) = (new Recorder(), new float[EachStep.OutputLength]);
        network.Forward(input, output);
        network.Trace(input, trace);
        var (values, layout) = trace.Layers["dense2"];
        Assert.Equal(EachStep.Steps * layout.SampleLength, values.Length);
        Assert.Equal(output, values.Chunk(layout.SampleLength).SelectMany(step => step.Take(EachStep.StepOutputLength)));
    }

    [Fact]
    public void Preparing_leaves_the_network_as_it_was()
    {
        var (prepared, other) = (new Echo(seed: 2), new Echo(seed: 2));
        var state = Echo.CreateState();
        INetwork<Echo> network = prepared;
        network.Prepare();
        Assert.Equal(other.Weights.Values, prepared.Weights.Values);
        var (input, output, expected) = (Random(Echo.StepInputLength), new float[Echo.StepOutputLength], new float[Echo.StepOutputLength]);
        prepared.ForwardStep(state, input, output);
        other.ForwardStep(Echo.CreateState(), input, expected);
        Assert.Equal(expected, output);
    }

    private sealed class Recorder : ILayerTrace
    {
        public Dictionary<string, (float[] Values, ValueLayout Layout)> Layers { get; } = [];

        public void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout) => Layers[layer] = (values.ToArray(), layout);
    }

    private static float[] Random(int count, int seed = 11)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 2e-5f * Math.Max(1, Math.Abs(expected[index])));
    }
}
