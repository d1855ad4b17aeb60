using System.Globalization;

namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>The names of a network's layers, or of those in a block, and where their outputs are.</summary>
/// <param name="prefix">What stands before each name: nothing, or the block's name and a dot.</param>
/// <param name="input">The place of the layer that is called <c>input</c> here.</param>
internal sealed class PeerScope(string prefix, int input)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal) { ["input"] = input };
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Names the next layer: by its own name, or by its kind and its number among those of the kind.</summary>
    /// <param name="layer">The layer.</param>
    public string NameOf(LayerAttribute layer)
    {
        var kind = KindOf(layer);
        var count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return layer.Name ?? kind + count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The name that a layer's parameters begin with.</summary>
    /// <param name="name">Its name in this scope.</param>
    public string FullName(string name) => prefix + name;

    /// <summary>The place of a layer.</summary>
    /// <param name="name">Its name.</param>
    public int Find(string name) => _places[name];

    /// <summary>Keeps the place of a layer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">The place of its output.</param>
    public void Define(string name, int place) => _places.Add(name, place);

    private static string KindOf(LayerAttribute layer) => layer switch
    {
        DenseAttribute => "dense",
        GRUAttribute => "gru",
        LSTMAttribute => "lstm",
        Conv1DAttribute or Conv2DAttribute => "conv",
        DepthwiseConv2DAttribute => "depthwise",
        SeparableConv2DAttribute => "separable",
        ConvTranspose1DAttribute or ConvTranspose2DAttribute => "convTranspose",
        MaxPool1DAttribute or MaxPool2DAttribute => "maxPool",
        AveragePool1DAttribute or AveragePool2DAttribute => "averagePool",
        GlobalAveragePoolAttribute => "globalAveragePool",
        GlobalMaxPoolAttribute => "globalMaxPool",
        BatchNormAttribute => "batchNorm",
        ActivationAttribute => "activation",
        DropoutAttribute => "dropout",
        FlattenAttribute => "flatten",
        ReshapeAttribute => "reshape",
        AddAttribute => "add",
        ConcatAttribute => "concat",
        BlockAttribute => "block",
        _ => throw new NotSupportedException($"{layer.GetType().Name} has no counterpart in PeerLayer yet."),
    };
}
