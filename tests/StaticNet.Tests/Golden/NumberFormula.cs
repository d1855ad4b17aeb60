using StaticNet.Reference;

namespace StaticNet.Tests.Golden;

/// <summary>
/// The parameters, inputs and targets of Networks/make_network_golden.py: numbers that follow from a seed and a tensor's name, each
/// an integer of 16 bits times a power of two, so that Python and C# compute the same ones exactly.
/// </summary>
public sealed class NumberFormula(ulong seed)
{
    /// <summary>Numbers in [-1, 1): splitmix64 of the tensor's name (as FNV-1a hashes it), the seed and the element's number; 16 bits.</summary>
    public double[] Numbers(string name, int count)
    {
        var start = name.Aggregate(0xCBF29CE484222325UL, (hash, letter) => unchecked((hash ^ letter) * 0x100000001B3UL));
        return [.. Enumerable.Range(1, count).Select(index => unchecked((Mix(((ulong)index * 0x9E3779B97F4A7C15UL) + start + seed) >> 48) / 32768.0) - 1)];
    }

    /// <summary>Every parameter and statistic of a network, by name.</summary>
    public Dictionary<string, double[]> Parameters(IReadOnlyList<ReferenceParameter> parameters)
    {
        var normalized = parameters.Where(parameter => parameter.Name.EndsWith(".running_mean", StringComparison.Ordinal)).Select(LayerOf).ToHashSet();
        return parameters.ToDictionary(parameter => parameter.Name, parameter => ValuesOf(parameter, normalized.Contains(LayerOf(parameter))));
    }

    private double[] ValuesOf(ReferenceParameter parameter, bool isNormalized)
    {
        var values = Array.ConvertAll(Numbers(parameter.Name, parameter.Length), number => Placed(parameter, number, isNormalized));
        return parameter.Connected is { } connected ? [.. values.Zip(connected, (value, there) => there ? value : 0)] : values;
    }

    private static double Placed(ReferenceParameter parameter, double number, bool isNormalized) => parameter.Name[LayerOf(parameter).Length..] switch
    {
        ".running_mean" => number / 4,
        ".running_var" => 1 + (number / 2),
        ".num_batches_tracked" => 2,
        _ when parameter.Shape.Count > 1 => number * Bound(parameter.Length / parameter.Shape[0]),
        ".weight" => 0.375 + (number / 8),
        ".coefficient" => 0.5 + (number / 4),
        ".bias" when isNormalized => 0.75 + (number / 2),
        _ => number / 4,
    };

    /// <summary>The smallest power of two whose square is 3 / inputs or more.</summary>
    private static double Bound(int inputs)
    {
        var bound = 1.0;
        while (bound * bound / 4 * inputs >= 3)
            bound /= 2;
        return bound;
    }

    private static string LayerOf(ReferenceParameter parameter) => parameter.Name[..parameter.Name.LastIndexOf('.')];

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
