using System.Globalization;
using System.Text.Json.Nodes;
using StaticNet.Audio.Tests.Reference;
using StaticNet.Importing;

namespace StaticNet.Audio.Tests;

/// <summary>Layers of RTNeural's JSON in small files with weights at random, against a player in double precision.</summary>
public sealed class RTNeuralVariantTests
{
    private readonly Random _random = new(3);

    [Fact]
    public void All_layers_one_after_the_other() => Check(
        1,
        Layer("dense", "tanh", 6, Numbers(1, 6), Numbers(6)),
        Layer("conv1d", "elu", 4, Numbers(3, 6, 4), Numbers(4)).With("kernel_size", "[3]").With("dilation", "[4]"),
        Layer("batchnorm", "", 4, Numbers(4), Numbers(4), Numbers(4), Positive(4)).With("epsilon", "0.01"),
        Layer("prelu", "", 4, $"[{Numbers(4)}]"),
        Layer("conv1d", "", 6, Numbers(2, 2, 6), Numbers(6)).With("kernel_size", "[2]").With("dilation", "[1]").With("groups", "2"),
        Layer("batchnorm", "", 6, Numbers(6), Positive(6)).With("epsilon", "5.0"),
        Layer("prelu", "", 6, $"[{Numbers(1)}]"),
        Layer("gru", "tanh", 5, Numbers(6, 15), Numbers(5, 15), Numbers(2, 15)),
        Layer("activation", "relu", 5),
        Layer("lstm", "", 3, Numbers(5, 12), Numbers(3, 12), Numbers(12)),
        Layer("dense", "softmax", 4, Numbers(3, 4)),
        Layer("time-distributed-dense", "sigmoid", 2, Numbers(4, 2), Numbers(2)));

    [Fact]
    public void Several_inputs() => Check(3, Layer("lstm", "", 4, Numbers(3, 16), Numbers(4, 16), Numbers(16)), Layer("dense", "", 1, Numbers(4, 1), Numbers(1)));

    [Fact]
    public void Convolutions_over_time_and_features_are_delays_and_convolutions()
    {
        const int Steps = 60, Features = 9;
        string Convolution(int time, int feature, int inputs, int filters, int features, int outputs, int dilation, int stride, string padding) => $$"""
            { "type": "conv2d", "activation": "tanh", "shape": [null, null, {{outputs}}, {{filters}}], "kernel_size_time": {{time}}, "kernel_size_feature": {{feature}}, "dilation": {{dilation}}, "strides": {{stride}},
              "num_filters_in": {{inputs}}, "num_features_in": {{features}}, "num_filters_out": {{filters}}, "padding": "{{padding}}", "weights": [{{Numbers(time, feature, inputs, filters)}}, {{Numbers(filters)}}] }
            """;
        var norm = $$"""{ "type": "batchnorm2d", "activation": "", "shape": [null, null, 7, 3], "epsilon": 0.1, "num_filters_in": 3, "num_features_in": 7, "weights": [{{Numbers(3)}}, {{Positive(3)}}] }""";
        var file = $$"""
            {"in_shape": [null, null, {{Features}}, 2], "layers": [{{Convolution(3, 3, 2, 3, Features, 7, 2, 1, "valid")}}, {{norm}}, {{Convolution(2, 4, 3, 2, 7, 4, 3, 2, "same")}}, {{Convolution(1, 3, 2, 1, 4, 4, 1, 1, "same")}}]}
            """;
        var inputs = MadeSignal.Of(Steps, 2 * Features);
        var layers = JsonNode.Parse(file)!["layers"]!.AsArray();
        var value = Enumerable.Range(0, Steps).Select(step => Enumerable.Range(0, Features).Select(feature => Enumerable.Range(0, 2).Select(channel => (double)inputs[(((step * Features) + feature) * 2) + channel]).ToArray()).ToArray()).ToArray();
        foreach (var layer in layers)
            value = ReferencePlanes.Play(layer!, value);

        var actual = PlayedCapture.Of(file).Play(inputs);

        Assert.True(Closeness.Error([.. value.SelectMany(step => step.SelectMany(feature => feature))], actual) <= 1e-5);
    }

    [Fact]
    public void The_gains_and_the_skipped_input_of_a_plug_in_count()
    {
        var file = File(1, [Layer("gru", "", 3, Numbers(1, 9), Numbers(3, 9), Numbers(2, 9)), Layer("dense", "", 1, Numbers(3, 1), Numbers(1))]);
        var inputs = MadeSignal.Of(200);
        var amplified = inputs.Select(value => value * Math.Pow(10, -6 / 20.0)).ToArray();
        var wet = ReferenceRTNeural.Play(JsonNode.Parse(file)!, [amplified])[0];
        var expected = wet.Zip(amplified, (a, b) => (a + b) * Math.Pow(10, 3 / 20.0)).ToArray();

        var actual = PlayedCapture.Of(file.Insert(1, "\"in_skip\": 1, \"in_gain\": -6, \"out_gain\": 3.0, ")).Play(inputs);

        Assert.True(Closeness.Error(expected, actual) <= 1e-5);
    }

    [Fact]
    public void What_a_plug_in_says_about_a_capture_is_kept()
    {
        var file = File(1, [Layer("dense", "", 1, Numbers(1, 1), Numbers(1))]).Insert(
            1, "\"metadata\": { \"name\": \"my <amp> & pedal\", \"samplerate\": \"44100\", \"esr\": 0.016, \"license\": \"CC0\" }, \"input_batch\": [1, 2], \"output_batch\": [1, 2], ");
        var played = PlayedCapture.Of(file);

        Assert.Equal(44_100, played.Capture.SampleRate);
        Assert.Equal("my <amp> & pedal", played.Capture.Metadata["metadata.name"]);
        Assert.Equal("0.016", played.Capture.Metadata["metadata.esr"]);
        Assert.DoesNotContain("input_batch", string.Join(' ', played.Capture.Metadata.Keys), StringComparison.Ordinal);
        Assert.Equal("MyAmpPedal", played.Capture.Network.Declaration.ClassName);
        Assert.Contains("license: CC0", played.Source, StringComparison.Ordinal);
        Assert.Contains("44,100 samples per second", played.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_a_trainer_has_computed_checks_the_network()
    {
        var file = File(1, [Layer("lstm", "", 3, Numbers(1, 12), Numbers(3, 12), Numbers(12)), Layer("dense", "", 1, Numbers(3, 1), Numbers(1))]);
        var inputs = MadeSignal.Of(200, seed: 2);
        var outputs = ReferenceRTNeural.Play(JsonNode.Parse(file)!, [[.. inputs.Select(value => (double)value)]])[0];
        string Batch(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
        string With(string batch) => file.Insert(1, $"\"input_batch\": {Batch(inputs.Select(value => (double)value))}, \"output_batch\": {batch}, ");

        var capture = PlayedCapture.Of(With(Batch(outputs)));

        var vectors = capture.Capture.Network.Vectors!;
        Assert.Equal((1, 64, 64), (vectors.Count, vectors.Inputs.Length, vectors.Outputs.Length));
        Assert.True(Closeness.Error(vectors.Outputs, capture.Play(vectors.Inputs)) <= 1e-5);
        // One that is damaged or too short says nothing.
        Assert.Null(PlayedCapture.Of(With("[1, [2]]")).Capture.Network.Vectors);
        Assert.Null(PlayedCapture.Of(With("[1, 2]")).Capture.Network.Vectors);
        Assert.Null(PlayedCapture.Of(With(Batch(outputs)).Insert(1, "\"in_skip\": 1, ")).Capture.Network.Vectors);
    }

    [Fact]
    public void A_declaration_is_what_a_person_would_write()
    {
        var file = File(1, [Layer("dense", "tanh", 8, Numbers(1, 8), Numbers(8)), Layer("gru", "tanh", 8, Numbers(8, 24), Numbers(8, 24), Numbers(2, 24)), Layer("dense", "", 1, Numbers(8, 1))]);

        Assert.Contains(
            "[Network]\n[Input(1, Steps = 64)]\n[Dense(8, Activation = Activation.Tanh)]\n[GRU(8)]\n[Dense(1, Bias = false)]\npublic sealed partial class Capture;",
            PlayedCapture.Of(file).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_of_pytorch_with_a_description_are_played()
    {
        var file = $$"""
            { "model_data": { "model": "SimpleRNN", "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "LSTM", "num_layers": 1, "hidden_size": 4, "bias_fl": true },
              "state_dict": { "rec.weight_ih_l0": {{Numbers(16, 1)}}, "rec.weight_hh_l0": {{Numbers(16, 4)}}, "rec.bias_ih_l0": {{Numbers(16)}}, "rec.bias_hh_l0": {{Numbers(16)}},
                "lin.weight": {{Numbers(1, 4)}}, "lin.bias": {{Numbers(1)}} } }
            """;
        var inputs = MadeSignal.Of(200);
        var tensors = JsonNode.Parse(file)!["state_dict"]!;
        double[][] Matrix(string name) => [.. tensors[name]!.AsArray().Select(row => row!.AsArray().Select(value => (double)value!.GetValue<float>()).ToArray())];
        double[] Vector(string name) => [.. tensors[name]!.AsArray().Select(value => (double)value!.GetValue<float>())];
        var hidden = Signal.Lstm(
            [[.. inputs.Select(value => (double)value)]], Matrix("rec.weight_ih_l0"), Matrix("rec.weight_hh_l0"), [.. Vector("rec.bias_ih_l0").Zip(Vector("rec.bias_hh_l0"), (a, b) => a + b)], new double[4], new double[4]);
        var expected = Signal.Convolve(hidden, Matrix("lin.weight")[0], Vector("lin.bias"), 1, 1, 1)[0].Zip(inputs, (a, b) => a + b).ToArray();

        Assert.True(Closeness.Error(expected, PlayedCapture.Of(file).Play(inputs)) <= 1e-5);
    }

    [Fact]
    public void Projections_are_refused_by_name()
    {
        var file = $$"""
            { "model_data": { "model": "SimpleRNN", "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "LSTM", "num_layers": 1, "hidden_size": 4, "bias_fl": true },
              "state_dict": { "rec.weight_ih_l0": {{Numbers(16, 1)}}, "rec.weight_hh_l0": {{Numbers(16, 2)}}, "rec.weight_hr_l0": {{Numbers(2, 4)}}, "rec.bias_ih_l0": {{Numbers(16)}},
                "rec.bias_hh_l0": {{Numbers(16)}}, "lin.weight": {{Numbers(1, 2)}}, "lin.bias": {{Numbers(1)}} } }
            """;

        Assert.Contains("LSTMs with projections (proj_size)", Assert.Throws<ImportException>(() => PlayedCapture.Of(file)).Message, StringComparison.Ordinal);
    }

    private static void Check(int channels, params string[] layers)
    {
        const int Steps = 200;
        var file = File(channels, layers);
        var inputs = MadeSignal.Of(Steps, channels);
        var expected = ReferenceRTNeural.Play(JsonNode.Parse(file)!, [.. Enumerable.Range(0, channels).Select(channel => Enumerable.Range(0, Steps).Select(step => (double)inputs[(step * channels) + channel]).ToArray())]);

        var error = Closeness.Error([.. Enumerable.Range(0, Steps).SelectMany(step => expected.Select(row => row[step]))], PlayedCapture.Of(file).Play(inputs));

        Assert.True(error <= 1e-5, $"The largest error is {error:G3} of the largest output.");
    }

    private static string File(int channels, IEnumerable<string> layers) =>
        $$"""{"in_shape": [null, null, {{channels.ToString(CultureInfo.InvariantCulture)}}], "layers": [{{string.Join(", ", layers)}}]}""";

    private static string Layer(string type, string activation, int units, params string[] weights) =>
        $$"""{ "type": "{{type}}", "activation": "{{activation}}", "shape": [null, null, {{units.ToString(CultureInfo.InvariantCulture)}}], "weights": [{{string.Join(", ", weights)}}] }""";

    private string Positive(int count) => $"[{string.Join(", ", Enumerable.Range(0, count).Select(_ => (0.5 + _random.NextDouble()).ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>Nested arrays of numbers.</summary>
    private string Numbers(params int[] shape) => shape.Length == 0
        ? (1.2 * (_random.NextDouble() - 0.5)).ToString(CultureInfo.InvariantCulture)
        : $"[{string.Join(", ", Enumerable.Range(0, shape[0]).Select(_ => Numbers(shape[1..])))}]";
}
