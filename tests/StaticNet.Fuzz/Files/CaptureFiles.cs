using System.Globalization;
using System.Text;

namespace StaticNet.Fuzz.Files;

/// <summary>Valid captures of amplifiers, in each format that is imported.</summary>
internal static class CaptureFiles
{
    public static List<byte[]> Samples() =>
    [
        Nam("WaveNet", """
            "head": null, "head_scale": 0.02, "layers": [
              { "input_size": 1, "condition_size": 1, "channels": 2, "kernel_size": 2, "dilations": [1, 2], "activation": { "type": "LeakyReLU", "negative_slope": 0.1 }, "gating_mode": ["gated", "none"],
                "secondary_activation": ["Sigmoid", null], "head_size": 1, "head_bias": true, "conv_pre_film": { "active": true, "shift": true, "groups": 1 },
                "slimmable": { "method": "slice_channels_uniform", "kwargs": { "allowed_channels": [1, 2] } } }]
            """, 70),
        Nam("LSTM", "\"input_size\": 1, \"hidden_size\": 2, \"num_layers\": 1", 39),
        Nam("ConvNet", "\"channels\": 2, \"dilations\": [1, 2], \"batchnorm\": true, \"activation\": \"Tanh\"", 33),
        Nam("Linear", "\"receptive_field\": 3, \"bias\": true", 4),
        Text("""{"in_shape": [null, 1], "in_skip": 1, "in_gain": -3, "metadata": {"samplerate": "48000"}, "layers": [{"type": "dense", "activation": "tanh", "shape": [null, 2], "weights": [[[1, 2]], [3, 4]]}, {"type": "conv1d", "activation": "", "shape": [null, 1], "kernel_size": [2], "dilation": [3], "groups": 1, "weights": [[[[1], [2]], [[3], [4]]], [0]]}]}"""),
        Text($$"""{"in_shape": [null, 8, 4, 1], "layers": [{"type": "conv2d", "activation": "relu", "shape": [null, 8, 2, 1], "kernel_size_time": 2, "kernel_size_feature": 3, "dilation": 2, "strides": 2, "num_filters_in": 1, "num_features_in": 4, "num_filters_out": 1, "padding": "same", "weights": [{{Numbers(2, 3, 1, 1)}}, [0]]}]}"""),
        Text($$$"""{"model_data": {"unit_type": "GRU", "skip": 1}, "state_dict": {"rec.weight_ih_l0": {{{Numbers(3, 1)}}}, "rec.weight_hh_l0": {{{Numbers(3, 1)}}}, "rec.bias_ih_l0": {{{Numbers(3)}}}, "rec.bias_hh_l0": {{{Numbers(3)}}}, "lin.weight": {{{Numbers(1, 1)}}}, "lin.bias": [0]}}"""),
    ];

    private static byte[] Nam(string architecture, string config, int weights) =>
        Text($$"""{"version": "0.7.0", "metadata": {"name": "amp"}, "architecture": "{{architecture}}", "config": { {{config}} }, "weights": {{Numbers(weights)}}, "sample_rate": 48000}""");

    private static byte[] Text(string json) => Encoding.UTF8.GetBytes(json);

    private static string Numbers(params int[] shape) => shape.Length == 0
        ? 0.5.ToString(CultureInfo.InvariantCulture)
        : $"[{string.Join(", ", Enumerable.Range(0, shape[0]).Select(_ => Numbers(shape[1..])))}]";
}
