namespace StaticNet.Serialization;

/// <summary>PyTorch's names of the tensors of recurrent modules, which end in the number of a layer in a stack.</summary>
internal static class TorchNames
{
    private const string Reverse = "_reverse";

    /// <summary>
    /// The name without the number: <c>rnn.weight_ih_l0</c> is <c>rnn.weight_ih</c>, and <c>rnn.weight_ih_l1</c>, of the layer
    /// above it, is <c>rnn.l1.weight_ih</c>, as if that were a module. Other names are as they are.
    /// </summary>
    public static string WithoutNumber(string name)
    {
        var start = name.LastIndexOf('.') + 1;
        var leaf = name.AsSpan(start);
        // Weight normalisation puts the part of a weight last.
        var part = leaf.EndsWith("_g", StringComparison.Ordinal) ? "_g" : leaf.EndsWith("_v", StringComparison.Ordinal) ? "_v" : "";
        leaf = leaf[..^part.Length];
        var direction = leaf.EndsWith(Reverse, StringComparison.Ordinal) ? Reverse : "";
        leaf = leaf[..^direction.Length];
        if (leaf.LastIndexOf("_l", StringComparison.Ordinal) is not (> 0 and var end) || leaf[..end] is not ("weight_ih" or "weight_hh" or "weight_hr" or "bias_ih" or "bias_hh"))
            return name;
        var number = leaf[(end + 2)..];
        if (number.IsEmpty || number.ContainsAnyExceptInRange('0', '9'))
            return name;
        var module = number is "0" ? "" : $"l{number}.";
        return $"{name[..start]}{module}{leaf[..end]}{direction}{part}";
    }
}
