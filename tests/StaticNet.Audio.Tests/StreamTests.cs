using StaticNet.Audio.Tests.Reference;

namespace StaticNet.Audio.Tests;

/// <summary>What an audio thread calls: the same sound for any blocks, at any sample rate, and nothing allocated.</summary>
public sealed class StreamTests
{
    private const string Wire = """{ "version": "0.5.0", "architecture": "Linear", "config": { "receptive_field": 1, "bias": false }, "weights": [1] }""";

    public static TheoryData<string> Captures =>
    [
        """{ "version": "0.5.4", "architecture": "LSTM", "config": { "input_size": 1, "hidden_size": 5, "num_layers": 2 } }""",
        """{ "version": "0.5.0", "architecture": "ConvNet", "config": { "channels": 6, "dilations": [1, 2, 4], "batchnorm": true, "activation": "Tanh" } }""",
        """
        { "version": "0.7.0", "architecture": "WaveNet", "config": { "head": null, "head_scale": 0.1, "layers": [{ "input_size": 1, "condition_size": 1, "channels": 4, "kernel_size": 3, "dilations": [1, 2, 64],
          "activation": "Tanh", "gating_mode": "gated", "conv_pre_film": {}, "head": { "out_channels": 1, "kernel_size": 4, "bias": true } }] } }
        """,
    ];

    [Theory]
    [MemberData(nameof(Captures))]
    public void What_an_audio_thread_may_call_allocates_nothing(string json) => Assert.Equal(0, PlayedCapture.Of(ReferenceNam.Draw(json, 1)).AllocatedBytes());

    [Theory]
    [MemberData(nameof(Captures))]
    public void Blocks_of_any_length_have_the_same_bits(string json)
    {
        var capture = PlayedCapture.Of(ReferenceNam.Draw(json, 1));
        var inputs = MadeSignal.Of(700);

        Assert.Equal(capture.Play(inputs), capture.PlayInterleaved(inputs, factor: 1));
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void A_decaying_signal_ends_in_finite_numbers(string json)
    {
        var inputs = Enumerable.Range(0, 2000).Select(step => (float)Math.Pow(10, -step / 40.0)).ToArray();

        Assert.All(PlayedCapture.Of(ReferenceNam.Draw(json, 1)).Play(inputs), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(48_000, 44_100)]
    [InlineData(44_100, 48_000)]
    [InlineData(48_000, 96_000)]
    [InlineData(48_000, 192_000)]
    [InlineData(48_000, 48_000)]
    [InlineData(96_000, 22_050)]
    public void At_another_sample_rate_a_tone_comes_out_later_and_unchanged(int networkRate, int rate)
    {
        const int Length = 6000;
        var tone = (double step) => 0.8 * Math.Sin(2 * Math.PI * 997 * step / rate);
        var (outputs, latency) = PlayedCapture.Of(Wire).PlayResampled([.. Enumerable.Range(0, Length).Select(step => (float)tone(step))], networkRate, rate, longestBlock: 256);

        var error = Enumerable.Range(2000, Length - 2000).Max(step => Math.Abs(outputs[step] - tone(step - latency)));
        Assert.True(error <= 5e-4, $"The error is {error:G3}, the latency {latency:G5} samples.");
        Assert.InRange(latency, 10, 250);
    }

    [Theory]
    [InlineData(48_000, 44_100)]
    [InlineData(44_100, 192_000)]
    [InlineData(192_000, 8_000)]
    public void At_another_sample_rate_blocks_of_any_length_have_the_same_bits(int networkRate, int rate)
    {
        var capture = PlayedCapture.Of(Wire);
        var inputs = MadeSignal.Of(3000);

        Assert.Equal(capture.PlayResampled(inputs, networkRate, rate, longestBlock: 1000).Outputs, capture.PlayResampled(inputs, networkRate, rate, longestBlock: 17).Outputs);
    }

    [Fact]
    public void Rates_and_blocks_out_of_range_are_refused()
    {
        var capture = PlayedCapture.Of(Wire);

        Assert.Throws<ArgumentOutOfRangeException>(() => capture.PlayResampled([0], 48_000, 0, 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => capture.PlayResampled([0], 48_000, 44_100, 0));
        Assert.Throws<ArgumentException>(() => capture.PlayResampled([0], 48_000, 44_101, 16));
        Assert.Throws<ArgumentException>(() => PlayedCapture.Of("""{"in_shape": [null, 2], "layers": [{"type": "dense", "activation": "", "shape": [null, 1], "weights": [[[1], [2]]]}]}""").PlayResampled([0], 48_000, 44_100, 16));
    }
}
