using System.Text.Json.Nodes;

namespace StaticNet.Audio.Tests.Reference;

/// <summary>The activations of .nam files in double precision.</summary>
internal static class ReferenceActivation
{
    public static double[][] Apply(JsonNode description, double[][] x)
    {
        var settings = description as JsonObject ?? [];
        var name = settings["type"]?.GetValue<string>() ?? description.GetValue<string>();
        double Setting(string key, double usual) => settings[key]?.GetValue<double>() ?? usual;
        var slopes = settings["negative_slopes"]?.AsArray().Select(value => value!.GetValue<double>()).ToArray() ?? [Setting("negative_slope", 0.01f)];
        return Signal.Map(x, (channel, value) => name switch
        {
            "Tanh" => Math.Tanh(value),
            "Hardtanh" => Math.Clamp(value, -1, 1),
            "Fasttanh" => Fast(value),
            "ReLU" => Math.Max(value, 0),
            "LeakyReLU" or "PReLU" => value > 0 ? value : slopes[channel % slopes.Length] * value,
            "Sigmoid" => Signal.Sigmoid(value),
            "SiLU" => value * Signal.Sigmoid(value),
            "Hardswish" => value * Math.Clamp(value + 3, 0, 6) / 6,
            "Softsign" => value / (1 + Math.Abs(value)),
            "LeakyHardtanh" => value < Setting("min_val", -1) ? ((value - Setting("min_val", -1)) * Setting("min_slope", 0.01)) + Setting("min_val", -1)
                : value > Setting("max_val", 1) ? ((value - Setting("max_val", 1)) * Setting("max_slope", 0.01)) + Setting("max_val", 1)
                : value,
            _ => throw new NotSupportedException(name),
        });
    }

    private static double Fast(double x)
    {
        var (size, square) = (Math.Abs(x), x * x);
        return x * (2.45550750702956 + (2.45550750702956 * size) + ((0.893229853513558 + (0.821226666969744 * size)) * square))
            / (2.44506634652299 + ((2.44506634652299 + square) * Math.Abs(x + (0.814642734961073 * x * size))));
    }
}
