using System.Text.Json.Nodes;
using StaticNet.Audio.Tests.Reference;
using StaticNet.Importing;

namespace StaticNet.Audio.Tests;

/// <summary>Captures in smaller sizes, and at other sample rates.</summary>
public sealed class SizesAndRatesTests
{
    private const string Slimmable = """
        { "version": "0.7.0", "architecture": "WaveNet", "config": { "head": null, "head_scale": 0.5, "layers": [
          { "input_size": 1, "condition_size": 1, "head_size": 2, "channels": 4, "bottleneck": 2, "kernel_size": 3, "dilations": [1, 2], "activation": "Tanh", "head_bias": false, "gated": true,
            "conv_pre_film": { "shift": true }, "slimmable": { "method": "slice_channels_uniform", "kwargs": { "allowed_channels": [2, 4] } } },
          { "input_size": 4, "condition_size": 1, "head_size": 1, "channels": 2, "kernel_size": 2, "dilations": [3], "activation": "Tanh", "head_bias": true,
            "slimmable": { "method": "slice_channels_uniform", "kwargs": { "allowed_channels": [1, 2] } } }] } }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void In_its_full_size_all_channels_of_a_slimmable_capture_count(double size)
    {
        var file = ReferenceNam.Draw(Slimmable, 2);
        var inputs = MadeSignal.Of(200);

        Assert.True(Closeness.Error(ReferenceNam.Play(file, inputs, 0), PlayedCapture.Of(file, new() { Size = size }).Play(inputs)) <= 1e-5);
    }

    [Fact]
    public void In_a_smaller_size_the_first_channels_count()
    {
        var file = JsonNode.Parse(ReferenceNam.Draw(Slimmable, 2))!;
        var weights = file["weights"]!.AsArray().Select(weight => weight!.GetValue<float>()).ToArray();
        var (small, taken) = (new List<float>(), 0);
        // Array 1: 4 channels to 2, a bottleneck of 2 to 1; array 2: 2 channels to 1.
        Take(4, 1, 1, 2, 1, bias: false);
        for (var layer = 0; layer < 2; layer++)
        {
            Take(4, 4, 3, 2, 2);
            Take(4, 1, 1, 2, 1, bias: false);
            Take(4, 2, 1, 2, 1);
            Take(8, 1, 1, 4, 1);
        }

        Take(2, 2, 1, 1, 1, bias: false);
        Take(2, 4, 1, 1, 2, bias: false);
        Take(2, 2, 2, 1, 1);
        Take(2, 1, 1, 1, 1, bias: false);
        Take(2, 2, 1, 1, 1);
        Take(1, 2, 1, 1, 1);
        small.Add(weights[taken]);
        Assert.Equal(weights.Length, taken + 1);
        file["weights"] = new JsonArray([.. small.Select(weight => JsonValue.Create(weight))]);
        var arrays = file["config"]!["layers"]!;
        (arrays[0]!["channels"], arrays[0]!["bottleneck"], arrays[0]!["head_size"]) = (2, 1, 1);
        (arrays[1]!["channels"], arrays[1]!["input_size"]) = (1, 2);
        var inputs = MadeSignal.Of(200);

        var actual = PlayedCapture.Of(ReferenceNam.Draw(Slimmable, 2), new() { Size = 0.2 }).Play(inputs);

        Assert.True(Closeness.Error(ReferenceNam.Play(file.ToJsonString(), inputs, 0), actual) <= 1e-5);

        void Take(int outputs, int inputs, int taps, int usedOutputs, int usedInputs, bool bias = true)
        {
            for (var output = 0; output < outputs; output++)
            {
                for (var input = 0; input < inputs; input++, taken += taps)
                {
                    if (output < usedOutputs && input < usedInputs)
                        small.AddRange(weights.AsSpan(taken, taps));
                }
            }

            if (!bias)
                return;
            small.AddRange(weights.AsSpan(taken, usedOutputs));
            taken += outputs;
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.99, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.49, 0)]
    [InlineData(0, 0)]
    public void Of_several_models_in_one_file_the_size_chooses(double size, int expected)
    {
        string[] models = [.. new[] { 3, 5 }.Select(units => ReferenceNam.Draw($$"""{ "version": "0.5.4", "architecture": "LSTM", "config": { "input_size": 1, "hidden_size": {{units}}, "num_layers": 1 }, "metadata": { "name": "of {{units}}" } }""", 4))];
        var file = $$"""
            { "version": "0.7.0", "architecture": "SlimmableContainer", "weights": [], "sample_rate": 44100, "config": { "submodels": [{ "max_value": 0.5, "model": {{models[0]}} }, { "max_value": 1.0, "model": {{models[1]}} }] } }
            """;
        var inputs = MadeSignal.Of(100);
        var capture = PlayedCapture.Of(file, new() { Size = size });

        Assert.True(Closeness.Error(ReferenceNam.Play(models[expected], inputs, 0), capture.Play(inputs)) <= 1e-5);
        Assert.Equal(44_100, capture.Capture.SampleRate);
        Assert.Contains("\"max_value\": 0.5", file, StringComparison.Ordinal);
        // A damaged model is told, though another is chosen.
        Assert.Throws<ImportException>(() => PlayedCapture.Of(file.Replace("\"hidden_size\":3", "\"hidden_size\":4", StringComparison.Ordinal), new() { Size = 1 }));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Convolutions_run_at_a_multiple_of_the_sample_rate_by_their_dilations(int factor)
    {
        var file = ReferenceNam.Draw(Slimmable.Replace("\"head_size\": 1,", "\"head\": { \"out_channels\": 1, \"kernel_size\": 3, \"bias\": true },", StringComparison.Ordinal), 2);
        var capture = PlayedCapture.Of(file, new() { Oversampling = factor });
        var inputs = MadeSignal.Of(120 * factor);

        AssertPhases(factor, inputs, capture.Play(inputs), phase => ReferenceNam.Play(file, phase, 0));
        Assert.Equal(1 + (factor * (2 + 4 + 3 + 2)), capture.ReceptiveField);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Recurrent_layers_run_at_a_multiple_of_the_sample_rate_by_states_in_turn(int factor)
    {
        var file = ReferenceNam.Draw("""{ "version": "0.5.4", "architecture": "LSTM", "config": { "input_size": 1, "hidden_size": 4, "num_layers": 2 } }""", 4);
        var inputs = MadeSignal.Of(130 * factor);

        AssertPhases(factor, inputs, PlayedCapture.Of(file).PlayInterleaved(inputs, factor), phase => ReferenceNam.Play(file, phase, 0));
    }

    [Fact]
    public void Recurrent_layers_have_no_dilations_to_multiply()
    {
        var file = ReferenceNam.Draw("""{ "version": "0.5.4", "architecture": "LSTM", "config": { "input_size": 1, "hidden_size": 4, "num_layers": 2 } }""", 4);

        Assert.Contains("InterleavedStream", Assert.Throws<ImportException>(() => PlayedCapture.Of(file, new() { Oversampling = 2 })).Message, StringComparison.Ordinal);
    }

    /// <summary>At a multiple of the sample rate, each phase is the signal as the capture plays it.</summary>
    private static void AssertPhases(int factor, float[] inputs, float[] outputs, Func<float[], double[]> play)
    {
        for (var phase = 0; phase < factor; phase++)
        {
            float[] Every(float[] signal) => [.. signal.Where((_, index) => index % factor == phase)];
            Assert.True(Closeness.Error(play(Every(inputs)), Every(outputs)) <= 1e-5);
        }
    }
}
