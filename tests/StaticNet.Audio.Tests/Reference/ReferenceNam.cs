using System.Text.Json.Nodes;

namespace StaticNet.Audio.Tests.Reference;

/// <summary>Plays .nam files in double precision, whole signals at a time.</summary>
internal sealed class ReferenceNam
{
    private readonly JsonNode _config;
    private readonly List<double> _weights = [];
    private readonly string _architecture;
    private readonly Random? _random;
    private int _taken;

    /// <param name="file">The file.</param>
    /// <param name="random">Draws the weights that the file needs, instead of taking those that it has.</param>
    public ReferenceNam(JsonNode file, Random? random = null)
    {
        _config = file["config"]!;
        _architecture = file["architecture"]!.GetValue<string>();
        _random = random;
        // The file's numbers are those of floats.
        if (random is null)
            _weights.AddRange(file["weights"]!.AsArray().Select(weight => (double)weight!.GetValue<float>()));
    }

    /// <summary>A file with weights at random, as many as its configuration needs.</summary>
    public static string Draw(string json, int seed)
    {
        var file = JsonNode.Parse(json)!;
        Draw(file, new Random(seed));
        return file.ToJsonString();

        static void Draw(JsonNode file, Random random)
        {
            if (file["config"]!["condition_dsp"] is { } inner)
                Draw(inner, random);
            var player = new ReferenceNam(file, random);
            player.Play([.. Enumerable.Range(0, file["config"]!["in_channels"]?.GetValue<int>() ?? 1).Select(_ => new double[1])]);
            file["weights"] = new JsonArray([.. player._weights.Select(weight => JsonValue.Create((float)weight))]);
        }
    }

    /// <summary>Plays a signal of one channel after steps of silence.</summary>
    public static double[] Play(string json, IReadOnlyList<float> inputs, int silence)
    {
        var signal = new double[silence + inputs.Count];
        for (var index = 0; index < inputs.Count; index++)
            signal[silence + index] = inputs[index];
        return new ReferenceNam(JsonNode.Parse(json)!).Play([signal])[0][silence..];
    }

    public double[][] Play(double[][] x)
    {
        var y = _architecture switch
        {
            "WaveNet" => WaveNet(x),
            "LSTM" => Lstm(x),
            "ConvNet" => ConvNet(x),
            "Linear" => Linear(x),
            _ => throw new NotSupportedException(_architecture),
        };
        Assert.Equal(_weights.Count, _taken);
        return y;
    }

    private double[] Take(int count, bool isPositive = false)
    {
        if (_random is not null)
            _weights.AddRange(Enumerable.Range(0, count).Select(_ => (double)(float)(isPositive ? 0.5 + _random.NextDouble() : 1.2 * (_random.NextDouble() - 0.5))));
        _taken += count;
        return [.. _weights.Skip(_taken - count).Take(count)];
    }

    private double[][] Convolve(double[][] x, int outputs, int taps, int dilation, int groups, bool bias) =>
        Signal.Convolve(x, Take(outputs * (x.Length / groups) * taps), bias ? Take(outputs) : [], taps, dilation, groups);

    private double[][] WaveNet(double[][] x)
    {
        var condition = _config["condition_dsp"] is { } inner ? new ReferenceNam(inner).Play(x) : x;
        var (value, head) = (x, (double[][]?)null);
        foreach (var array in _config["layers"]!.AsArray())
            (value, head) = Array(array!, value, condition, head);
        if (_config["head"] is not { } last)
        {
            var scale = Take(1)[0];
            return Signal.Map(head!, (_, number) => scale * number);
        }

        // The scale is stored last, but applied first.
        var taps = last["kernel_sizes"]!.AsArray().Select(count => count!.GetValue<int>()).ToArray();
        var sizes = taps.Select((_, layer) => (layer + 1 == taps.Length ? last["out_channels"] : last["channels"])!.GetValue<int>()).Prepend(head!.Length).ToArray();
        var layers = taps.Select((count, layer) => (Weight: Take(sizes[layer + 1] * sizes[layer] * count), Bias: Take(sizes[layer + 1]))).ToArray();
        var factor = Take(1)[0];
        var output = Signal.Map(head, (_, number) => factor * number);
        for (var layer = 0; layer < taps.Length; layer++)
            output = Signal.Convolve(ReferenceActivation.Apply(last["activation"]!, output), layers[layer].Weight, layers[layer].Bias, taps[layer], 1, 1);
        return output;
    }

    private (double[][] Value, double[][] Head) Array(JsonNode array, double[][] x, double[][] condition, double[][]? head)
    {
        int Number(string key, int usual) => array[key]?.GetValue<int>() ?? usual;
        JsonNode? Of(string key, int layer) => array[key] is JsonArray list ? list[layer] : array[key];
        var channels = Number("channels", 0);
        var bottleneck = Number("bottleneck", channels);
        var value = Convolve(x, channels, 1, 1, 1, bias: false);
        var dilations = array["dilations"]!.AsArray();
        for (var layer = 0; layer < dilations.Count; layer++)
        {
            var mode = Of("gating_mode", layer)?.GetValue<string>() ?? (array["gated"]?.GetValue<bool>() == true ? "gated" : "none");
            var sums = mode == "none" ? bottleneck : 2 * bottleneck;
            var taps = (Of("kernel_sizes", layer) ?? array["kernel_size"])!.GetValue<int>();

            // All weights of the layer, in the order of the file.
            Func<double[][], double[][]> Weighted(int inputs, int outputs, int kernel, int dilation, int groups, bool bias)
            {
                var (weight, biases) = (Take(outputs * (inputs / groups) * kernel), bias ? Take(outputs) : []);
                return signal => Signal.Convolve(signal, weight, biases, kernel, dilation, groups);
            }

            var conv = Weighted(channels, sums, taps, dilations[layer]!.GetValue<int>(), Number("groups_input", 1), bias: true);
            var mixin = Weighted(condition.Length, sums, 1, 1, Number("groups_input_mixin", 1), bias: false);
            var hasNext = array["layer1x1"]?["active"]?.GetValue<bool>() ?? true;
            var next = hasNext ? Weighted(bottleneck, channels, 1, 1, array["layer1x1"]?["groups"]?.GetValue<int>() ?? 1, bias: true) : null;
            var toHead = array["head1x1"]?["active"]?.GetValue<bool>() == true
                ? Weighted(bottleneck, array["head1x1"]!["out_channels"]!.GetValue<int>(), 1, 1, array["head1x1"]!["groups"]!.GetValue<int>(), bias: true)
                : null;
            Func<double[][], double[][]> Film(string name, int size)
            {
                if (array[name] is not JsonObject film || film["active"]?.GetValue<bool>() == false)
                    return signal => signal;
                var shift = film["shift"]?.GetValue<bool>() ?? true;
                var numbers = Weighted(condition.Length, (shift ? 2 : 1) * size, 1, 1, film["groups"]?.GetValue<int>() ?? 1, bias: true)(condition);
                return signal =>
                {
                    var scaled = Signal.Combine(signal, numbers[..size], (a, b) => a * b);
                    return shift ? Signal.Add(scaled, numbers[size..]) : scaled;
                };
            }

            var (convPre, convPost) = (Film("conv_pre_film", channels), Film("conv_post_film", sums));
            var (mixinPre, mixinPost) = (Film("input_mixin_pre_film", condition.Length), Film("input_mixin_post_film", sums));
            var (activationPre, activationPost) = (Film("activation_pre_film", sums), Film("activation_post_film", bottleneck));
            var nextPost = Film("layer1x1_post_film", channels);
            var headPost = Film("head1x1_post_film", toHead is null ? bottleneck : array["head1x1"]!["out_channels"]!.GetValue<int>());

            var z = activationPre(Signal.Add(convPost(conv(convPre(value))), mixinPost(mixin(mixinPre(condition)))));
            var active = ReferenceActivation.Apply(Of("activation", layer)!, z[..bottleneck]);
            if (mode != "none")
            {
                var gate = ReferenceActivation.Apply(Of("secondary_activation", layer) ?? "Sigmoid", z[bottleneck..]);
                active = mode == "gated"
                    ? Signal.Combine(active, gate, (a, b) => a * b)
                    : Signal.Add(Signal.Combine(active, gate, (a, b) => a * b), Signal.Combine(z[..bottleneck], gate, (a, b) => a * (1 - b)));
            }

            active = activationPost(active);
            if (next is not null)
                value = Signal.Add(value, nextPost(next(active)));
            var part = toHead is null ? active : headPost(toHead(active));
            head = head is null ? part : Signal.Add(head, part);
        }

        var outer = array["head"];
        return (value, Convolve(
            head!, (outer?["out_channels"] ?? array["head_size"])!.GetValue<int>(), outer?["kernel_size"]?.GetValue<int>() ?? 1, outer?["head_dilation"]?.GetValue<int>() ?? 1, 1,
            (outer?["bias"] ?? array["head_bias"])!.GetValue<bool>()));
    }

    private double[][] Lstm(double[][] x)
    {
        var (value, units) = (x, _config["hidden_size"]!.GetValue<int>());
        for (var layer = 0; layer < _config["num_layers"]!.GetValue<int>(); layer++)
        {
            var columns = value.Length + units;
            var rows = Enumerable.Range(0, 4 * units).Select(_ => Take(columns)).ToArray();
            var inputs = value.Length;
            value = Signal.Lstm(value, [.. rows.Select(row => row[..inputs])], [.. rows.Select(row => row[inputs..])], Take(4 * units), Take(units), Take(units));
        }

        return Convolve(value, _config["out_channels"]?.GetValue<int>() ?? 1, 1, 1, 1, bias: true);
    }

    private double[][] ConvNet(double[][] x)
    {
        var (value, channels, hasNorm) = (x, _config["channels"]!.GetValue<int>(), _config["batchnorm"]!.GetValue<bool>());
        foreach (var dilation in _config["dilations"]!.AsArray())
        {
            value = Convolve(value, channels, 2, dilation!.GetValue<int>(), _config["groups"]?.GetValue<int>() ?? 1, !hasNorm);
            if (hasNorm)
            {
                var (mean, variance, weight, bias, epsilon) = (Take(channels), Take(channels, isPositive: true), Take(channels), Take(channels), Take(1, isPositive: true)[0]);
                value = Signal.Map(value, (channel, number) => (weight[channel] * (number - mean[channel]) / Math.Sqrt(variance[channel] + epsilon)) + bias[channel]);
            }

            value = ReferenceActivation.Apply(_config["activation"]!, value);
        }

        return Convolve(value, _config["out_channels"]?.GetValue<int>() ?? 1, 1, 1, 1, bias: true);
    }

    private double[][] Linear(double[][] x)
    {
        var response = Take(_config["receptive_field"]!.GetValue<int>());
        var bias = _config["bias"]!.GetValue<bool>() ? Take(1)[0] : 0;
        return [.. x.Select(row => row.Select((_, t) => bias + response.Select((weight, age) => t >= age ? weight * row[t - age] : 0).Sum()).ToArray())];
    }
}
