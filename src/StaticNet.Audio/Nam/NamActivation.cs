using System.Globalization;
using System.Text.Json;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>The activations of the format: a name, or an object with the name as its type and settings.</summary>
internal static class NamActivation
{
    /// <summary>A quotient of polynomials near tanh.</summary>
    private const string FastTanh =
        "x * (2.45550750702956 + 2.45550750702956 * abs(x) + (0.893229853513558 + 0.821226666969744 * abs(x)) * square(x)) / " +
        "(2.44506634652299 + (2.44506634652299 + square(x)) * abs(x + 0.814642734961073 * x * abs(x)))";

    private const string Known = "Tanh, Hardtanh, Fasttanh, ReLU, LeakyReLU, PReLU, Sigmoid, SiLU, Hardswish, LeakyHardtanh and Softsign are known";

    /// <summary>Reads an activation.</summary>
    /// <param name="entry">The name or the object.</param>
    /// <param name="channels">The channels that it is applied to.</param>
    public static DraftActivation Read(Entry entry, int channels)
    {
        if (entry.Value.ValueKind == JsonValueKind.Undefined)
            return DraftActivation.Identity;
        if (!entry.IsObject)
            return Of(entry.AsText(), entry, entry, channels);
        var type = entry.Require("type");
        return Of(type.AsText(), type, entry, channels);
    }

    private static DraftActivation Of(string name, Entry where, Entry settings, int channels)
    {
        switch (name)
        {
            case "Tanh":
                return Plain(Activation.Tanh);
            case "Hardtanh":
                return Plain(Activation.HardTanh);
            case "ReLU":
                return Plain(Activation.ReLU);
            case "Sigmoid":
                return Plain(Activation.Sigmoid);
            case "SiLU":
                return Plain(Activation.SiLU);
            case "Hardswish":
                return Plain(Activation.HardSwish);
            case "Softsign":
                return Plain(Activation.Softsign);
            case "Fasttanh":
                settings.RefuseOthers("type");
                return new DraftActivation(Activation.Identity) { Expression = FastTanh };
            case "LeakyReLU":
                settings.RefuseOthers("type", "negative_slope");
                return new DraftActivation(Activation.LeakyReLU) { Alpha = Unless(settings.Single("negative_slope", 0.01f), 0.01f) };
            case "PReLU":
                settings.RefuseOthers("type", "negative_slope", "negative_slopes");
                return settings.Find("negative_slope") is null && settings.Find("negative_slopes") is { } slopes
                    ? new DraftActivation(Activation.PReLU) { Slopes = Slopes(slopes, channels) }
                    : new DraftActivation(Activation.LeakyReLU) { Alpha = Unless(settings.Single("negative_slope", 0.01f), 0.01f) };
            case "LeakyHardtanh" or "LeakyHardTanh":
                settings.RefuseOthers("type", "min_val", "max_val", "min_slope", "max_slope");
                return LeakyHardTanh(settings);
            default:
                if (where.Value.ValueKind == JsonValueKind.String)
                    where.Problems.Unsupported(where.Where, where.Shown, Known, "Train with one of these");
                return DraftActivation.Identity;
        }

        DraftActivation Plain(Activation function)
        {
            settings.RefuseOthers("type");
            return new DraftActivation(function);
        }
    }

    private static float? Unless(float value, float usual) => value == usual ? null : value;

    private static float[] Slopes(Entry entry, int channels)
    {
        if (Tensor.Read(entry) is not { } tensor)
            return [0];
        if (tensor.Rank == 1 && tensor.Values.Length > 0 && channels % tensor.Values.Length == 0)
            return tensor.Values;
        entry.Problems.Damaged(entry.Where, entry.Shown, string.Create(CultureInfo.InvariantCulture, $"one slope for each of {channels} channels is expected here"));
        return [0];
    }

    private static DraftActivation LeakyHardTanh(Entry settings)
    {
        var (low, high) = (settings.Single("min_val", -1), settings.Single("max_val", 1));
        if (low > high)
            settings.Problems.Damaged(settings.Where, $"min_val {Text(low)} above max_val {Text(high)}", "a range is expected here");
        return new DraftActivation(Activation.Identity)
        {
            Expression = $"x < {Text(low)} ? {Line(low, settings.Single("min_slope", 0.01f))} : (x > {Text(high)} ? {Line(high, settings.Single("max_slope", 0.01f))} : x)",
        };

        static string Line(float corner, float slope) => $"{Text(corner)} + {Text(slope)} * (x - {Text(corner)})";

        static string Text(float number)
        {
            var text = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).ToUpperInvariant().Replace("E", "e", StringComparison.Ordinal);
            return number < 0 ? $"(-{text})" : text;
        }
    }
}
