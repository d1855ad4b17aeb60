using System.Text.Json.Nodes;

namespace StaticNet.Audio.Tests.Reference;

/// <summary>Keras' layers over [time][feature][channel] in double precision.</summary>
internal static class ReferencePlanes
{
    public static double[][][] Play(JsonNode layer, double[][][] x) => layer["type"]!.GetValue<string>() == "conv2d" ? Convolve(layer, x) : Normalize(layer, x);

    private static double[][][] Convolve(JsonNode layer, double[][][] x)
    {
        int Number(string name) => layer[name]!.GetValue<int>();
        var (time, feature, filters, dilation, stride) = (Number("kernel_size_time"), Number("kernel_size_feature"), Number("num_filters_out"), Number("dilation"), Number("strides"));
        var (kernel, bias, features) = (layer["weights"]![0]!, layer["weights"]![1]!, x[0].Length);
        var isSame = layer["padding"]!.GetValue<string>() == "same";
        var outputs = isSame ? (features + stride - 1) / stride : ((features - feature) / stride) + 1;
        var before = isSame ? Math.Max(((outputs - 1) * stride) + feature - features, 0) / 2 : 0;
        var y = new double[x.Length][][];
        for (var t = 0; t < x.Length; t++)
        {
            y[t] = new double[outputs][];
            for (var o = 0; o < outputs; o++)
            {
                y[t][o] = new double[filters];
                for (var filter = 0; filter < filters; filter++)
                {
                    var sum = (double)bias[filter]!.GetValue<float>();
                    for (var k = 0; k < time; k++)
                    {
                        for (var j = 0; j < feature; j++)
                        {
                            var (past, place) = (t - ((time - 1 - k) * dilation), (o * stride) + j - before);
                            for (var channel = 0; past >= 0 && place >= 0 && place < features && channel < x[0][0].Length; channel++)
                                sum += kernel[k]![j]![channel]![filter]!.GetValue<float>() * x[past][place][channel];
                        }
                    }

                    y[t][o][filter] = Math.Tanh(sum);
                }
            }
        }

        return y;
    }

    private static double[][][] Normalize(JsonNode layer, double[][][] x)
    {
        var (mean, variance, epsilon) = (layer["weights"]![0]!, layer["weights"]![1]!, layer["epsilon"]!.GetValue<double>());
        return [.. x.Select(step => step.Select(feature => feature.Select((value, channel) => (value - mean[channel]!.GetValue<float>()) / Math.Sqrt(variance[channel]!.GetValue<float>() + epsilon)).ToArray()).ToArray())];
    }
}
