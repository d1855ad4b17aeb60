using StaticNet.Serialization;

namespace StaticNet.Onnx.Tests.Recurrent;

/// <summary>The weights of a recurrent operator as the parameters of a layer.</summary>
internal static class CellParameters
{
    /// <summary>All parameters of a network of one layer.</summary>
    /// <param name="operation">The operator: RNN, GRU or LSTM.</param>
    /// <param name="tensors">Its inputs W, R and, if it has them, B and P.</param>
    public static StateDict Of<TNetwork>(string operation, IReadOnlyDictionary<string, float[]> tensors)
        where TNetwork : class, INetwork<TNetwork>
    {
        var state = new StateDict();
        var directions = TNetwork.ParameterTable.Parameters.Count(parameter => IsOf(parameter, "weight_ih"));
        foreach (var parameter in TNetwork.ParameterTable.Parameters)
            state.Add(parameter.Name, parameter.Shape.AsSpan(), Values(parameter, operation, tensors, directions));
        return state;
    }

    private static float[] Values(ParameterInfo parameter, string operation, IReadOnlyDictionary<string, float[]> tensors, int directions)
    {
        // Gates of a layer in the order of ONNX: i, o, f, c and z, r, h.
        int[] order = operation switch
        {
            "LSTM" => [0, 2, 3, 1],
            "GRU" => [1, 0, 2],
            _ => [0],
        };
        var gates = order.Length;
        return parameter switch
        {
            _ when IsOf(parameter, "weight_ih") => Take("W", gates, order),
            // If the reset gate comes before the product, those of r and z.
            _ when IsOf(parameter, "weight_hh") => Take("R", gates, order[..(parameter.Shape[0] / parameter.Shape[1])]),
            _ when IsOf(parameter, "weight_hn") => Take("R", gates, [2]),
            _ when IsOf(parameter, "bias_ih") => Take("B", 2 * gates, order),
            _ when IsOf(parameter, "bias_hh") => Take("B", 2 * gates, [.. order.Select(gate => gates + gate)]),
            _ when IsOf(parameter, "peephole") => Take("P", 3, [0, 2, 1]),
            _ => throw new InvalidOperationException($"{parameter.Name} is not a parameter of a recurrent layer."),
        };

        float[] Take(string tensor, int parts, int[] places)
        {
            if (!tensors.TryGetValue(tensor, out var all))
                return new float[parameter.Count];
            var length = all.Length / directions;
            var own = all.AsSpan(parameter.Name.EndsWith("_reverse", StringComparison.Ordinal) ? length : 0, length).ToArray();
            return [.. places.SelectMany(place => own[(place * length / parts)..((place + 1) * length / parts)])];
        }
    }

    private static bool IsOf(ParameterInfo parameter, string kind) => parameter.Name.Split('.')[^1].Replace("_reverse", "", StringComparison.Ordinal) == kind;
}
