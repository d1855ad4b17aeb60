namespace StaticNet.Insight;

/// <summary>What is known of the function at the end of a layer, by its name in <see cref="LayerDescription.Kind"/>.</summary>
internal static class UnitFunctions
{
    private const float LeCunHeight = 1.7159f;

    // The names of functions, and what they can output.
    private static readonly Dictionary<string, (float Least, float Most)> Ranges = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sigmoid"] = (0, 1),
        ["hard sigmoid"] = (0, 1),
        ["softmax"] = (0, 1),
        ["step"] = (0, 1),
        ["tanh"] = (-1, 1),
        ["hard tanh"] = (-1, 1),
        ["softsign"] = (-1, 1),
        ["LeCun tanh"] = (-LeCunHeight, LeCunHeight),
        ["ReLU6"] = (0, 6),
        ["ReLU"] = (0, float.PositiveInfinity),
        ["softplus"] = (0, float.PositiveInfinity),
        ["exponential"] = (0, float.PositiveInfinity),
    };

    /// <summary>The function of a layer's units.</summary>
    /// <param name="kind">What the layer is, with its arguments: <c>Dense 128, ReLU</c>.</param>
    public static UnitFunction Of(string kind) =>
        Is(kind, "ReLU") ? UnitFunction.ReLU : Is(kind, "sigmoid") ? UnitFunction.Sigmoid : Is(kind, "tanh") ? UnitFunction.Tanh : UnitFunction.Other;

    /// <summary>Whether a layer ends with a function.</summary>
    /// <param name="kind">What the layer is, with its arguments.</param>
    /// <param name="function">The function's whole name.</param>
    public static bool Is(string kind, string function) => Name(kind).Equals(function, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a layer can output; all numbers if nothing is known of it.</summary>
    /// <param name="kind">What the layer is, with its arguments.</param>
    public static (float Least, float Most) RangeOf(string kind) =>
        Ranges.TryGetValue(Name(kind), out var range) ? range : (float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>The last part of a kind: the function, if there is one, or the layer itself, which may be nothing but a function.</summary>
    private static string Name(string kind) => kind.Split(", ")[^1];
}
