using System.Text.Json.Nodes;

namespace StaticNet.Audio.Tests.Reference;

/// <summary>Plays RTNeural's JSON in double precision: Keras' layers, with its layouts of weights.</summary>
internal static class ReferenceRTNeural
{
    public static double[][] Play(JsonNode file, double[][] x) => file["layers"]!.AsArray().Aggregate(x, (value, layer) => Activate(FunctionOf(layer!), Layer(layer!, value)));

    /// <summary>The function of a layer's output; that of a recurrent layer is within it.</summary>
    private static string FunctionOf(JsonNode layer) => layer["type"]!.GetValue<string>() is "gru" or "lstm" ? "" : layer["activation"]?.GetValue<string>() ?? "";

    private static double[][] Layer(JsonNode layer, double[][] x)
    {
        var weights = layer["weights"]!.AsArray();
        double[] Vector(JsonNode? node) => [.. node!.AsArray().Select(value => (double)value!.GetValue<float>())];
        double[][] Matrix(JsonNode? node) => [.. node!.AsArray().Select(Vector)];
        double[][] Transposed(double[][] matrix) => [.. Enumerable.Range(0, matrix[0].Length).Select(column => matrix.Select(row => row[column]).ToArray())];
        switch (layer["type"]!.GetValue<string>())
        {
            case "dense" or "time-distributed-dense":
                return Signal.Convolve(x, [.. Transposed(Matrix(weights[0])).SelectMany(row => row)], weights.Count > 1 ? Vector(weights[1]) : [], 1, 1, 1);
            case "conv1d":
                var taps = weights[0]!.AsArray().Select(Matrix).ToArray();
                var kernel = Enumerable.Range(0, taps[0][0].Length).SelectMany(filter => Enumerable.Range(0, taps[0].Length).SelectMany(channel => taps.Select(tap => tap[channel][filter]))).ToArray();
                return Signal.Convolve(x, kernel, Vector(weights[1]), taps.Length, layer["dilation"]![0]!.GetValue<int>(), layer["groups"]?.GetValue<int>() ?? 1);
            case "lstm":
                var units = Matrix(weights[1]).Length;
                return Signal.Lstm(x, Transposed(Matrix(weights[0])), Transposed(Matrix(weights[1])), Vector(weights[2]), new double[units], new double[units]);
            case "gru":
                return Gru(x, Transposed(Matrix(weights[0])), Transposed(Matrix(weights[1])), Matrix(weights[2]));
            case "prelu":
                var slopes = Vector(weights[0]![0]);
                return Signal.Map(x, (channel, value) => value > 0 ? value : slopes[channel % slopes.Length] * value);
            case "batchnorm":
                var (mean, variance, epsilon) = (Vector(weights[^2]), Vector(weights[^1]), layer["epsilon"]!.GetValue<double>());
                var (gamma, beta) = weights.Count == 4 ? (Vector(weights[0]), Vector(weights[1])) : ([.. mean.Select(_ => 1.0)], new double[mean.Length]);
                return Signal.Map(x, (channel, value) => (gamma[channel] * (value - mean[channel]) / Math.Sqrt(variance[channel] + epsilon)) + beta[channel]);
            default:
                return x;
        }
    }

    /// <summary>The gates z, r, n, with the reset gate after the product.</summary>
    private static double[][] Gru(double[][] x, double[][] input, double[][] hidden, double[][] biases)
    {
        var units = hidden[0].Length;
        var h = new double[units];
        var y = Enumerable.Range(0, units).Select(_ => new double[x[0].Length]).ToArray();
        for (var t = 0; t < x[0].Length; t++)
        {
            var fromInput = input.Select((row, gate) => biases[0][gate] + row.Select((weight, i) => weight * x[i][t]).Sum()).ToArray();
            var fromState = hidden.Select((row, gate) => biases[1][gate] + row.Select((weight, i) => weight * h[i]).Sum()).ToArray();
            for (var u = 0; u < units; u++)
            {
                var (z, r) = (Signal.Sigmoid(fromInput[u] + fromState[u]), Signal.Sigmoid(fromInput[units + u] + fromState[units + u]));
                h[u] = y[u][t] = (z * h[u]) + ((1 - z) * Math.Tanh(fromInput[(2 * units) + u] + (r * fromState[(2 * units) + u])));
            }
        }

        return y;
    }

    private static double[][] Activate(string name, double[][] x) => name switch
    {
        "tanh" => Signal.Map(x, (_, value) => Math.Tanh(value)),
        "relu" => Signal.Map(x, (_, value) => Math.Max(value, 0)),
        "sigmoid" => Signal.Map(x, (_, value) => Signal.Sigmoid(value)),
        "elu" => Signal.Map(x, (_, value) => value > 0 ? value : Math.Exp(value) - 1),
        "softmax" => [.. x.Select(row => row.Select((value, t) => Math.Exp(value) / x.Sum(other => Math.Exp(other[t]))).ToArray())],
        _ => x,
    };
}
