using StaticNet.Data;
using StaticNet.Networks.Sequences;

namespace StaticNet.Tests.Sequences;

/// <summary>Streams that begin after silence.</summary>
public sealed class PrewarmTests
{
    [Fact]
    public void The_receptive_field_is_the_longest_way_back_through_the_layers()
    {
        // Two arrays of three taps: dilations 1 and 2, then 8.
        Assert.Equal(1 + (2 * 1) + (2 * 2) + (2 * 8), SmallWaveNet.StateTable.ReceptiveField);
        Assert.Equal(5, FilterBank.StateTable.ReceptiveField);
        Assert.Equal(1 + 2 * (2 * 1023), AmplifierWaveNet.StateTable.ReceptiveField);
        Assert.Null(PedalGru.StateTable.ReceptiveField);
    }

    [Fact]
    public void A_stream_begins_as_if_silence_had_always_been()
    {
        var network = new SmallWaveNet(seed: 3);
        // Zero in the user's numbers is −0.5 in the network's, so silence differs from the zeros of a new state.
        network.SetScaling(inputs: new Scaler([0.25f], [0.5f]));
        var (warmed, long_) = (SmallWaveNet.CreateState(), SmallWaveNet.CreateState());
        var outputs = new float[1000];
        network.ForwardSteps(warmed, [1, -1, 0.5f], outputs.AsSpan(0, 3));

        network.Prewarm(warmed);
        network.ForwardSteps(long_, new float[1000], outputs);

        Assert.Equal(SmallWaveNet.StateTable.ReceptiveField - 1, warmed.Position);
        var (first, second) = (new float[2], new float[2]);
        network.ForwardSteps(warmed, [0, 0.7f], first);
        network.ForwardSteps(long_, [0, 0.7f], second);
        Assert.Equal(second, first);
        Assert.Equal(outputs[^1], first[0]);
        // One step less would not do: the first output still knew of the zeros of a new state.
        network.Prewarm(warmed, SmallWaveNet.StateTable.ReceptiveField!.Value - 2);
        network.ForwardSteps(warmed, [0, 0.7f], first);
        Assert.NotEqual(second[0], first[0]);
    }

    [Fact]
    public void A_recurrent_network_needs_a_number_of_steps()
    {
        var network = new PedalGru(seed: 3);
        var (warmed, long_) = (PedalGru.CreateState(), PedalGru.CreateState());

        Assert.Contains("Prewarm(state, steps)", Assert.Throws<InvalidOperationException>(() => network.Prewarm(warmed)).Message, StringComparison.Ordinal);
        network.Prewarm(warmed, 5000);
        network.ForwardSteps(long_, new float[5000], new float[5000]);

        Assert.Equal(5000, warmed.Position);
        Assert.Equal(long_.ToStateDict()["gru1.hidden"].Values.ToArray(), warmed.ToStateDict()["gru1.hidden"].Values.ToArray());
    }

    [Fact]
    public void Silence_continues_a_stream()
    {
        var network = new PedalGru(seed: 3);
        var (fed, played) = (PedalGru.CreateState(), PedalGru.CreateState());
        network.ForwardSteps(fed, [1, -1], new float[2]);
        network.ForwardSteps(played, [1, -1], new float[2]);

        network.FeedSilence(fed, 700);
        network.ForwardSteps(played, new float[700], new float[700]);

        Assert.Equal(702, fed.Position);
        Assert.Equal(played.ToStateDict()["gru1.hidden"].Values.ToArray(), fed.ToStateDict()["gru1.hidden"].Values.ToArray());
    }

    [Fact]
    public void A_state_of_another_network_is_refused_and_left_as_it_is()
    {
        var other = FilterBank.CreateState();
        new FilterBank().ForwardStep(other, [1], new float[12]);

        Assert.Throws<ArgumentException>(() => new SmallWaveNet().Prewarm(other));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallWaveNet().Prewarm(SmallWaveNet.CreateState(), -1));

        Assert.Equal(1, other.Position);
    }
}
