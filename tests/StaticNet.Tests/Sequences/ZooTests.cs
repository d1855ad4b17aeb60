using System.Text.Json;
using StaticNet.Networks.Sequences;
using StaticNet.Serialization;

namespace StaticNet.Tests.Sequences;

/// <summary>Recurrent networks and causal convolutions that others run, with the outputs of their own engines.</summary>
public sealed class ZooTests
{
    /// <summary>The largest error, as a part of the largest output.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>
    /// Of these the output is a small difference of large sums: computed in double precision, it differs from what their engine gives in single
    /// precision by 2.1e-5 of the largest output.
    /// </summary>
    private const double ToleranceOfDifferences = 3e-5;

    [ZooFact]
    public void A_gru_of_keras_gives_its_outputs()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Zoo.PathOf("rtneural/gru.json")));
        var layers = json.RootElement.GetProperty("layers");
        var network = new PedalGru();
        var state = new StateDict();
        AddDense("dense1", 0);
        // Keras has the gates in the order z, r, n, and weights as [inputs, outputs].
        var gru = layers[1].GetProperty("weights");
        state.Add("gru1.weight_ih", [24, 8], Gates(Transposed(gru[0])));
        state.Add("gru1.weight_hh", [24, 8], Gates(Transposed(gru[1])));
        state.Add("gru1.bias_ih", [24], Gates(Numbers(gru[2][0])));
        state.Add("gru1.bias_hh", [24], Gates(Numbers(gru[2][1])));
        AddDense("dense2", 2);
        AddDense("dense3", 3);
        network.LoadStateDict(state);
        Compare(network, Flat("rtneural/gru_x_python.csv"), Flat("rtneural/gru_y_python.csv"));

        void AddDense(string name, int layer)
        {
            var weights = layers[layer].GetProperty("weights");
            var outputs = weights[1].GetArrayLength();
            state.Add(name + ".weight", [outputs, weights[0].GetArrayLength()], Transposed(weights[0]));
            state.Add(name + ".bias", [outputs], Numbers(weights[1]));
        }

        static float[] Gates(float[] values)
        {
            var gate = values.Length / 3;
            return [.. values.AsSpan(gate, gate), .. values.AsSpan(0, gate), .. values.AsSpan(2 * gate)];
        }
    }

    [ZooFact]
    public void A_stack_of_lstms_of_pytorch_gives_its_outputs()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Zoo.PathOf("rtneural/lstm_torch.json")));
        var network = new PedalLstm();
        var state = new StateDict();
        for (var layer = 0; layer < 4; layer++)
        {
            foreach (var name in new[] { "weight_ih", "weight_hh", "bias_ih", "bias_hh" })
            {
                var values = json.RootElement.GetProperty(layer == 0 ? $"lstm.{name}_l0" : $"lstm2.{name}_l{layer - 1}");
                var numbers = Numbers(values);
                state.Add($"lstm{layer + 1}.{name}", name.StartsWith("bias", StringComparison.Ordinal) ? [32] : [32, numbers.Length / 32], numbers);
            }
        }

        state.Add("dense1.weight", [1, 8], Numbers(json.RootElement.GetProperty("dense.weight")));
        state.Add("dense1.bias", [1], Numbers(json.RootElement.GetProperty("dense.bias")));
        network.LoadStateDict(state);
        Compare(network, Flat("rtneural/lstm_torch_x_python.csv"), Flat("rtneural/lstm_torch_y_python.csv"));
    }

    [ZooFact]
    public void A_convolution_of_pytorch_gives_its_outputs_once_its_taps_are_full()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Zoo.PathOf("rtneural/conv1d_torch.json")));
        var network = new FilterBank();
        var state = new StateDict();
        state.Add("causalConv1.weight", [12, 1, 5], Numbers(json.RootElement.GetProperty("weight")));
        state.Add("causalConv1.bias", [12], Numbers(json.RootElement.GetProperty("bias")));
        network.LoadStateDict(state);
        var (inputs, rows) = (Flat("rtneural/conv1d_torch_x_python.csv"), Zoo.Rows("rtneural/conv1d_torch_y_python.csv"));
        var outputs = new float[inputs.Length * 12];
        network.ForwardSteps(FilterBank.CreateState(), inputs, outputs);
        for (var filter = 0; filter < 12; filter++)
        {
            Assert.Equal(inputs.Length - 4, rows[filter].Length);
            Near(rows[filter], [.. outputs.Skip(4 * 12).Where((_, index) => index % 12 == filter)]);
        }
    }

    [ZooFact]
    public void An_amplifier_as_an_lstm_gives_its_engines_outputs()
    {
        var (weights, _) = Nam("nam/lstm.nam");
        var network = new AmplifierLstm();
        var state = new StateDict();
        // [W, U] side by side, one bias, the initial states, the head.
        var both = weights.Take(12 * 4);
        state.Add("lstm1.weight_ih", [12, 1], [.. Enumerable.Range(0, 12).Select(row => both[row * 4])]);
        state.Add("lstm1.weight_hh", [12, 3], [.. Enumerable.Range(0, 12).SelectMany(row => both[((row * 4) + 1)..((row + 1) * 4)])]);
        state.Add("lstm1.bias_ih", [12], weights.Take(12));
        var initial = new StateDict();
        initial.Add("lstm1.hidden", [1, 3], weights.Take(3));
        initial.Add("lstm1.cell", [1, 3], weights.Take(3));
        state.Add("dense1.weight", [1, 3], weights.Take(3));
        state.Add("dense1.bias", [1], weights.Take(1));
        Assert.True(weights.IsEmpty);
        network.LoadStateDict(state);
        var stream = AmplifierLstm.CreateState();
        stream.LoadStateDict(initial);
        // Half a second of silence, as its engine warms a recurrent model.
        network.ForwardSteps(stream, new float[24_000], new float[24_000]);
        Play(network, stream, "nam/lstm.f32", Tolerance);
    }

    [ZooFact]
    public void Small_dilated_convolutions_give_their_engines_outputs() => CheckWaveNet<SmallWaveNet>("nam/wavenet", [(3, 3, 2, 2, false), (2, 3, 1, 1, true)]);

    [ZooFact]
    public void The_wavenet_of_most_amplifiers_gives_its_engines_outputs() => CheckWaveNet<AmplifierWaveNet>("nam/wavenet_a1_standard", [(16, 3, 10, 8, false), (8, 3, 10, 1, true)]);

    [ZooFact]
    public void The_fixed_architecture_of_three_channels_gives_its_engines_outputs() => CheckFixed<AmplifierA2Of3>("nam/wavenet_a2_3_channels", 3);

    /// <summary>One array of layers with kernels of their own, whose head is a convolution.</summary>
    private static void CheckFixed<TNetwork>(string file, int channels)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var (weights, dilations) = Nam(file + ".nam");
        var network = TNetwork.Create(1);
        var state = new StateDict();
        state.Add("rechannel1.weight", [channels, 1], weights.Take(channels));
        var field = 15;
        for (var layer = 1; layer <= dilations[0].Length; layer++)
        {
            var taps = layer is 15 or 16 ? 15 : 6;
            field += (taps - 1) * dilations[0][layer - 1];
            state.Add($"conv1_{layer}.weight", [channels, channels, taps], weights.Take(channels * channels * taps));
            state.Add($"conv1_{layer}.bias", [channels], weights.Take(channels));
            state.Add($"mixin1_{layer}.weight", [channels, 1], weights.Take(channels));
            var (mix, bias) = (weights.Take(channels * channels), weights.Take(channels));
            if (layer == dilations[0].Length)
                continue;
            state.Add($"mix1_{layer}.weight", [channels, channels], mix);
            state.Add($"mix1_{layer}.bias", [channels], bias);
        }

        state.Add("head1.weight", [1, channels, 16], weights.Take(channels * 16));
        state.Add("head1.bias", [1], weights.Take(1));
        Assert.Equal(0.01f, Assert.Single(weights.Take(1)), 1e-7f);
        Assert.True(weights.IsEmpty);
        network.LoadStateDict(state);
        var stream = TNetwork.CreateState();
        network.ForwardSteps(stream, new float[field], new float[field]);
        Play(network, stream, file + ".f32", ToleranceOfDifferences);
    }

    /// <summary>Loads the weights in the order of the file: the arrays, each with its layers, then the scale.</summary>
    private static void CheckWaveNet<TNetwork>(string file, (int Channels, int Taps, int Layers, int Heads, bool HasBias)[] arrays)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var (weights, dilations) = Nam(file + ".nam");
        var network = TNetwork.Create(1);
        var state = new StateDict();
        var inputs = 1;
        for (var array = 1; array <= arrays.Length; array++)
        {
            var (channels, taps, layers, heads, hasBias) = arrays[array - 1];
            state.Add($"rechannel{array}.weight", [channels, inputs], weights.Take(channels * inputs));
            for (var layer = 1; layer <= layers; layer++)
            {
                state.Add($"conv{array}_{layer}.weight", [channels, channels, taps], weights.Take(channels * channels * taps));
                state.Add($"conv{array}_{layer}.bias", [channels], weights.Take(channels));
                state.Add($"mixin{array}_{layer}.weight", [channels, 1], weights.Take(channels));
                var (mix, bias) = (weights.Take(channels * channels), weights.Take(channels));
                if (array == arrays.Length && layer == layers)
                    continue;
                state.Add($"mix{array}_{layer}.weight", [channels, channels], mix);
                state.Add($"mix{array}_{layer}.bias", [channels], bias);
            }

            state.Add($"head{array}.weight", [heads, channels], weights.Take(heads * channels));
            if (hasBias)
                state.Add($"head{array}.bias", [heads], weights.Take(heads));
            inputs = channels;
        }

        Assert.Equal(0.02f, Assert.Single(weights.Take(1)));
        Assert.True(weights.IsEmpty);
        network.LoadStateDict(state);
        var stream = TNetwork.CreateState();
        var field = arrays.Select((array, index) => (array.Taps - 1) * dilations[index].Sum()).Sum();
        network.ForwardSteps(stream, new float[field], new float[field]);
        Play(network, stream, file + ".f32", ToleranceOfDifferences);
    }

    private static void Play<TNetwork>(TNetwork network, StreamState stream, string reference, double tolerance)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var (inputs, expected) = (Zoo.Floats("nam/input.f32"), Zoo.Floats(reference));
        var outputs = new float[inputs.Length];
        for (var begin = 0; begin < inputs.Length; begin += 64)
        {
            var length = Math.Min(64, inputs.Length - begin);
            network.ForwardSteps(stream, inputs.AsSpan(begin, length), outputs.AsSpan(begin, length));
        }

        Near(expected, outputs, tolerance);
    }

    private static void Compare<TNetwork>(TNetwork network, float[] inputs, float[] expected)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var outputs = new float[expected.Length];
        network.ForwardSteps(TNetwork.CreateState(), inputs, outputs);
        Near(expected, outputs);
        // A whole sequence from the first step on.
        var whole = new float[TNetwork.OutputLength];
        network.Forward(inputs.AsSpan(0, TNetwork.InputLength), whole);
        Near(expected[..whole.Length], whole);
    }

    private static void Near(float[] expected, float[] actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        var error = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(error <= tolerance * largest, $"The largest error is {error / largest:G3} of the largest output.");
    }

    private static float[] Flat(string file) => [.. Zoo.Rows(file).SelectMany(row => row)];

    private static (WeightReader Weights, int[][] Dilations) Nam(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Zoo.PathOf(file)));
        var dilations = json.RootElement.GetProperty("config").TryGetProperty("layers", out var layers)
            ? layers.EnumerateArray().Select(layer => layer.GetProperty("dilations").EnumerateArray().Select(value => value.GetInt32()).ToArray()).ToArray()
            : [];
        return (new WeightReader(Numbers(json.RootElement.GetProperty("weights"))), dilations);
    }

    private static float[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetSingle()];

    private static float[] Transposed(JsonElement matrix)
    {
        var rows = matrix.EnumerateArray().Select(Numbers).ToArray();
        return [.. Enumerable.Range(0, rows[0].Length).SelectMany(column => rows.Select(row => row[column]))];
    }

    /// <summary>Takes weights one after the other.</summary>
    private sealed class WeightReader(float[] values)
    {
        private int _place;

        public bool IsEmpty => _place == values.Length;

        public float[] Take(int count)
        {
            var taken = values[_place..(_place + count)];
            _place += count;
            return taken;
        }
    }
}
