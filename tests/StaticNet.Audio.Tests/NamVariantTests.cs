using StaticNet.Audio.Tests.Reference;

namespace StaticNet.Audio.Tests;

/// <summary>Every variant of the .nam format, in small files with weights at random, against a player in double precision.</summary>
public sealed class NamVariantTests
{
    private const string Shift = """{ "active": true, "shift": true, "groups": 1 }""";
    private const string NoShift = """{ "active": true, "shift": false }""";

    [Theory]
    [InlineData("\"activation\": \"Tanh\"")]
    [InlineData("\"activation\": \"ReLU\", \"gated\": true")]
    [InlineData("\"activation\": \"Sigmoid\", \"gated\": false")]
    [InlineData("\"activation\": \"SiLU\", \"gating_mode\": \"gated\", \"secondary_activation\": \"Hardswish\"")]
    [InlineData("\"activation\": \"Softsign\", \"gating_mode\": \"blended\"")]
    [InlineData("\"activation\": \"Fasttanh\", \"gating_mode\": [\"none\", \"gated\", \"blended\"], \"secondary_activation\": [null, \"Hardtanh\", { \"type\": \"Sigmoid\" }]")]
    [InlineData("\"activation\": { \"type\": \"LeakyReLU\", \"negative_slope\": 0.2 }")]
    [InlineData("\"activation\": [{ \"type\": \"PReLU\", \"negative_slopes\": [0.1, 0.2, -0.3, 0.4] }, { \"type\": \"PReLU\", \"negative_slope\": 0.3 }, \"PReLU\"]")]
    [InlineData("\"activation\": { \"type\": \"LeakyHardtanh\", \"min_val\": -0.2, \"max_val\": 1e-7, \"min_slope\": 0.3, \"max_slope\": 0.02 }")]
    public void Activations_and_gates(string settings) => Check(WaveNet($"{Layers(settings)}, \"head_size\": 1, \"head_bias\": true"));

    [Theory]
    [InlineData("conv_pre_film")]
    [InlineData("conv_post_film")]
    [InlineData("input_mixin_pre_film")]
    [InlineData("input_mixin_post_film")]
    [InlineData("activation_pre_film")]
    [InlineData("activation_post_film")]
    [InlineData("layer1x1_post_film")]
    [InlineData("head1x1_post_film")]
    public void Each_modulation_by_itself_with_and_without_gates(string film)
    {
        const string Head = "\"head1x1\": { \"active\": true, \"out_channels\": 3, \"groups\": 1 }, \"head_size\": 1, \"head_bias\": false";
        foreach (var gates in new[] { "none", "gated", "blended" })
        {
            Check(WaveNet($"{Layers($"\"activation\": \"Tanh\", \"gating_mode\": \"{gates}\"")}, \"{film}\": {Shift}, {Head}"));
            Check(WaveNet($"{Layers($"\"activation\": \"Tanh\", \"gating_mode\": \"{gates}\"")}, \"{film}\": {NoShift}, {Head}"));
        }
    }

    [Fact]
    public void Groups_a_bottleneck_and_heads()
    {
        const string Rest = """
            "activation": "Tanh", "gating_mode": "gated", "bottleneck": 6, "groups_input": 2, "groups_input_mixin": 1,
            "layer1x1": { "active": true, "groups": 2 }, "head1x1": { "active": true, "out_channels": 3, "groups": 3 },
            "conv_pre_film": { "active": true, "groups": 1 }, "conv_post_film": false, "head": { "out_channels": 2, "kernel_size": 4, "head_dilation": 3, "bias": true }
            """;
        var second = """
            { "input_size": 4, "condition_size": 1, "channels": 2, "kernel_sizes": [1, 5], "dilations": [1, 7], "activation": "Tanh", "layer1x1": { "active": false, "groups": 1 }, "head_size": 5, "head_bias": false }
            """;
        Check(WaveNet(Layers(Rest), second, """{ "channels": 3, "out_channels": 1, "kernel_sizes": [2, 1, 3], "activation": "ReLU" }"""));
    }

    [Fact]
    public void Groups_of_the_condition_and_of_modulations()
    {
        const string Condition = """
            { "version": "0.7.0", "architecture": "ConvNet", "config": { "channels": 4, "dilations": [1, 3], "batchnorm": true, "activation": "Tanh", "out_channels": 4 } }
            """;
        var array = """
            { "input_size": 1, "condition_size": 4, "channels": 4, "kernel_size": 2, "dilations": [1, 2], "activation": "Softsign", "groups_input_mixin": 4,
              "conv_pre_film": { "groups": 2 }, "input_mixin_pre_film": { "groups": 4 }, "layer1x1_post_film": { "shift": false, "groups": 4 }, "head_size": 1, "head_bias": true }
            """;
        Check($$"""{ "version": "0.7.0", "architecture": "WaveNet", "config": { "condition_dsp": {{Condition}}, "layers": [{{array}}], "head": null, "head_scale": 0.5 } }""");
    }

    [Theory]
    [InlineData("\"hidden_size\": 5, \"num_layers\": 1")]
    [InlineData("\"hidden_size\": 3, \"num_layers\": 3, \"out_channels\": 2")]
    public void Lstms_with_their_initial_states(string settings) =>
        Check($$"""{ "version": "0.5.4", "architecture": "LSTM", "config": { "input_size": 1, {{settings}} } }""");

    [Theory]
    [InlineData("\"batchnorm\": false, \"activation\": \"ReLU\"")]
    [InlineData("\"batchnorm\": true, \"activation\": \"Tanh\", \"out_channels\": 2")]
    [InlineData("\"batchnorm\": true, \"activation\": { \"type\": \"LeakyReLU\", \"negative_slope\": 0.3 }")]
    public void Convolutional_networks(string settings) =>
        Check($$"""{ "version": "0.5.0", "architecture": "ConvNet", "config": { "channels": 6, "dilations": [1, 2, 4, 8], "groups": 1, {{settings}} } }""");

    [Theory]
    [InlineData(1, "true")]
    [InlineData(7, "false")]
    [InlineData(300, "true")]
    public void Impulse_responses(int length, string bias) =>
        Check($$"""{ "version": "0.5.0", "architecture": "Linear", "config": { "receptive_field": {{length}}, "bias": {{bias}} } }""");

    [Fact]
    public void Several_channels()
    {
        Check("""{ "version": "0.7.0", "architecture": "Linear", "config": { "receptive_field": 5, "bias": true, "in_channels": 3, "out_channels": 3 } }""", channels: 3);
        Check("""{ "version": "0.7.0", "architecture": "ConvNet", "config": { "channels": 4, "dilations": [1, 2], "batchnorm": false, "activation": "Tanh", "groups": 2, "in_channels": 2, "out_channels": 3 } }""", channels: 2);
        Check("""{ "version": "0.7.0", "architecture": "LSTM", "config": { "input_size": 2, "hidden_size": 4, "num_layers": 2, "in_channels": 2 } }""", channels: 2);
        Check("""
            { "version": "0.7.0", "architecture": "WaveNet", "config": { "in_channels": 2, "head": null, "head_scale": 1, "layers": [
              { "input_size": 2, "condition_size": 2, "channels": 3, "kernel_size": 3, "dilations": [1, 2], "activation": "Tanh", "head_size": 2, "head_bias": true }] } }
            """, channels: 2);
    }

    private static string Layers(string settings) =>
        $$""" "input_size": 1, "condition_size": 1, "channels": 4, "kernel_size": 3, "dilations": [1, 2, 5], {{settings}} """;

    private static string WaveNet(string array, string? second = null, string head = "null") => $$"""
        { "version": "0.7.0", "architecture": "WaveNet", "config": { "layers": [{ {{array}} }{{(second is null ? "" : ", " + second)}}], "head": {{head}}, "head_scale": 0.02 }, "sample_rate": 48000 }
        """;

    private static void Check(string json, int channels = 1)
    {
        const int Steps = 300;
        var file = ReferenceNam.Draw(json, seed: 5);
        var inputs = MadeSignal.Of(Steps, channels);
        var expected = new ReferenceNam(System.Text.Json.Nodes.JsonNode.Parse(file)!)
            .Play([.. Enumerable.Range(0, channels).Select(channel => Enumerable.Range(0, Steps).Select(step => (double)inputs[(step * channels) + channel]).ToArray())]);

        var actual = PlayedCapture.Of(file).Play(inputs);

        var interleaved = Enumerable.Range(0, Steps).SelectMany(step => expected.Select(row => row[step])).ToArray();
        var error = Closeness.Error(interleaved, actual);
        Assert.True(error <= 1e-5, $"The largest error is {error:G3} of the largest output.");
    }
}
