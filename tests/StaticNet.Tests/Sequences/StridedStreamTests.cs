using StaticNet.Data;
using StaticNet.Networks.Golden.Sequences;
using StaticNet.Networks.Sequences;
using StaticNet.Optimizers;
using StaticNet.Reference.Comparison;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Sequences;

/// <summary>Networks with strides in time: as streams, and over sequences of different lengths.</summary>
public sealed class StridedStreamTests
{
    [Theory]
    [InlineData(typeof(Autoencoder))]
    [InlineData(typeof(PooledSteps))]
    [InlineData(typeof(Vocoder))]
    [InlineData(typeof(StridedClasses))]
    [InlineData(typeof(PackedStrides))]
    [InlineData(typeof(StridedMix))]
    public void Outputs_losses_and_gradients_agree_with_the_reference(Type network)
    {
        var report = NetworkComparison.Compare(network, seed: 1);
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void A_stream_gives_what_the_whole_sequence_gives_for_any_division_into_blocks_with_the_same_bits()
    {
        Check<Autoencoder>();
        Check<PooledSteps>();
        Check<Vocoder>();
        Check<StridedClasses>();
        Check<StridedMix>();

        static void Check<TNetwork>()
            where TNetwork : class, IStreamingNetwork<TNetwork>
        {
            const int Turns = 150;
            var network = TNetwork.Create(4);
            var (given, made) = (TNetwork.StreamInputLength, TNetwork.StreamOutputLength);
            var inputs = Random(Turns * given);
            var (expected, state) = (new float[Turns * made], TNetwork.CreateState());
            for (var turn = 0; turn < Turns; turn++)
                network.ForwardStep(state, inputs.AsSpan(turn * given, given), expected.AsSpan(turn * made, made));
            var whole = new float[TNetwork.OutputLength];
            network.Forward(inputs.AsSpan(0, TNetwork.InputLength), whole);
            // Of an output of the whole sequence the stream's last step is that.
            var end = TNetwork.InputLength / given * made;
            for (var index = 0; index < whole.Length; index++)
                Assert.Equal(whole[index], expected[end - whole.Length + index], 2e-6f);

            foreach (var size in new[] { 1, 2, 7, 64, Turns })
            {
                var outputs = new float[expected.Length];
                state.Reset();
                for (var begin = 0; begin < Turns; begin += size)
                {
                    var count = Math.Min(size, Turns - begin);
                    network.ForwardSteps(state, inputs.AsSpan(begin * given, count * given), outputs.AsSpan(begin * made, count * made));
                }

                Assert.Equal((long)Turns * TNetwork.Description.TotalStride, state.Position);
                Assert.Equal(expected, outputs);
            }

            CheckStates(network, inputs, expected);
        }

        // A state that is copied, or saved and loaded, in mid-turn goes on where it was.
        static void CheckStates<TNetwork>(TNetwork network, float[] inputs, float[] expected)
            where TNetwork : class, IStreamingNetwork<TNetwork>
        {
            const int First = 37;
            var (given, made) = (TNetwork.StreamInputLength, TNetwork.StreamOutputLength);
            var (state, loaded, output) = (TNetwork.CreateState(), TNetwork.CreateState(), new float[20 * made]);
            network.ForwardSteps(state, inputs.AsSpan(0, First * given), new float[First * made]);
            loaded.LoadStateDict(state.ToStateDict());
            foreach (var other in new[] { state.Clone(), loaded })
            {
                network.ForwardSteps(other, inputs.AsSpan(First * given, 20 * given), output);
                Assert.Equal(expected.AsSpan(First * made, output.Length).ToArray(), output);
            }

            Assert.Equal(0, Allocations.Of(() => network.ForwardSteps(state, inputs.AsSpan(0, 20 * given), output)));
        }
    }

    [Fact]
    public void What_comes_at_a_time_follows_from_all_strides()
    {
        Assert.Equal((6, 12, 12), (Autoencoder.TotalStride, Autoencoder.StreamInputLength, Autoencoder.StreamOutputLength));
        Assert.Equal((6, 18, 3, 2), (PooledSteps.TotalStride, PooledSteps.StreamInputLength, PooledSteps.StreamOutputLength, PooledSteps.OutputSteps));
        Assert.Equal((1, 2, 8, 12), (Vocoder.TotalStride, Vocoder.StreamInputLength, Vocoder.StreamOutputLength, Vocoder.OutputSteps));
        Assert.Equal((4, 8, 3), (StridedClasses.TotalStride, StridedClasses.StreamInputLength, StridedClasses.StreamOutputLength));
        Assert.Equal(4, StridedClasses.Description.TotalStride);
        Assert.Equal(8, PackedStrides.Description.OutputSteps);
        Assert.Equal(6, PackedStrides.Description.OutputStepsOf(9));
    }

    [Fact]
    public void Blocks_and_sequences_have_multiples_of_the_total_stride()
    {
        var (network, state) = (new Autoencoder(), Autoencoder.CreateState());
        Assert.StartsWith(
            "The inputs have 14 floats, which are no whole number of steps: a step of the network takes 12.",
            Assert.Throws<ArgumentException>(() => network.ForwardSteps(state, new float[14], new float[14])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.ForwardStep(state, new float[2], new float[2]));
        Assert.Equal(
            "The sequence of sample 1 has 5 steps; the strides of PackedStrides take multiples of 3.",
            Assert.Throws<ArgumentException>(() => new PackedStrides().ForwardBatch(new float[48], new float[48], 2, [6, 5])).Message);
    }

    [Fact]
    public void Silence_comes_in_multiples_of_the_total_stride()
    {
        var (network, state, other) = (new StridedMix(), StridedMix.CreateState(), StridedMix.CreateState());
        network.Prewarm(state, 5);
        Assert.Equal(6, state.Position);
        network.Prewarm(other, 6);
        Assert.Equal(state.ToStateDict().SelectMany(tensor => tensor.Values.ToArray()), other.ToStateDict().SelectMany(tensor => tensor.Values.ToArray()));
        network.Prewarm(state, 0);
        Assert.Equal(0, state.Position);
        // 4 taps, then 5 spread over 5 steps of two each: this step and 11 before it.
        Assert.Equal(12, PooledSteps.StateTable.ReceptiveField);
    }

    [Fact]
    public void Steps_that_strides_leave_of_a_sequence_count_in_losses_and_metrics()
    {
        var random = new Random(3);
        var (inputs, targets) = (new float[8 * PackedStrides.InputLength], new float[8 * PackedStrides.TargetLength]);
        var lengths = new int[8];
        for (var sample = 0; sample < lengths.Length; sample++)
        {
            lengths[sample] = 3 * random.Next(1, 5);
            var steps = PackedStrides.Description.OutputStepsOf(lengths[sample]);
            // What is stored after the end is no class.
            targets.AsSpan((sample * PackedStrides.TargetLength) + steps, PackedStrides.TargetLength - steps).Fill(-1);
        }

        var data = new DataSet(PackedStrides.InputLength, PackedStrides.TargetLength, inputs, targets).WithSequenceLengths(lengths, PackedStrides.Steps);
        using var warnings = new StringWriter();
        var trainer = Trainer.For(new PackedStrides(), new Sgd(0.1f), new TrainerOptions { Metrics = [new Accuracy()], Warnings = warnings });
        trainer.Fit(data, epochs: 20);
        Assert.Equal(1, trainer.Evaluate(data).Metrics[0].Value);
        // All that there is is of class 0.
        Assert.Contains("no sample among the", warnings.ToString(), StringComparison.Ordinal);
    }

    private static float[] Random(int length)
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
