namespace StaticNet.Reference;

/// <summary>The names of a network or of a block.</summary>
/// <param name="prefix">What stands before the names of its parameters.</param>
/// <param name="input">The node that the first layer takes.</param>
/// <param name="trainable">Whether its layers may learn.</param>
/// <param name="inputName">What that node is called; null: it is named later.</param>
internal sealed class GraphScope(string prefix, int input, bool trainable, string? inputName = "input")
{
    private readonly Dictionary<string, int> _nodes = inputName is null ? [] : new(StringComparer.Ordinal) { [inputName] = input };
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public string Prefix { get; } = prefix;

    public int Input { get; } = input;

    public bool Trainable { get; } = trainable;

    public string NameOf(LayerAttribute layer)
    {
        var kind = Kind(layer);
        var count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return layer.Name ?? FormattableString.Invariant($"{kind}{count}");
    }

    public int Find(string name) =>
        _nodes.TryGetValue(name, out var node) ? node : throw new ArgumentException($"There is no layer named {name} above.");

    public void Define(string name, int node)
    {
        if (!_nodes.TryAdd(name, node))
            throw new ArgumentException($"There are two layers named {name}.");
    }

    /// <summary>What layers without a name are called, and counted by.</summary>
    public static string Kind(LayerAttribute layer) => layer switch
    {
        DenseAttribute => "dense",
        MaxoutAttribute => "maxout",
        ActivationAttribute => "activation",
        DropoutAttribute => "dropout",
        GaussianNoiseAttribute => "gaussianNoise",
        DelayAttribute => "delay",
        LastStepAttribute => "lastStep",
        CausalAveragePool1DAttribute => "causalAveragePool",
        CausalConv1DAttribute => "causalConv",
        CausalConvTranspose1DAttribute => "causalConvTranspose",
        CausalMaxPool1DAttribute => "causalMaxPool",
        GRUAttribute => "gru",
        LSTMAttribute => "lstm",
        SimpleRNNAttribute => "simpleRNN",
        FlattenAttribute => "flatten",
        ReshapeAttribute => "reshape",
        AddAttribute => "add",
        MultiplyAttribute => "multiply",
        ConstantAttribute => "constant",
        SubtractAttribute => "subtract",
        DivideAttribute => "divide",
        MinimumAttribute => "minimum",
        MaximumAttribute => "maximum",
        RescalingAttribute => "rescaling",
        ClipAttribute => "clip",
        PowerAttribute => "power",
        ConcatAttribute => "concat",
        MatMulAttribute => "matMul",
        BlockAttribute => "block",
        Conv1DAttribute or Conv2DAttribute => "conv",
        DepthwiseConv2DAttribute => "depthwise",
        SeparableConv2DAttribute => "separable",
        ConvTranspose1DAttribute or ConvTranspose2DAttribute => "convTranspose",
        MaxPool1DAttribute or MaxPool2DAttribute => "maxPool",
        AveragePool1DAttribute or AveragePool2DAttribute => "averagePool",
        GlobalAveragePoolAttribute => "globalAveragePool",
        GlobalMaxPoolAttribute => "globalMaxPool",
        Subsampling2DAttribute => "subsampling",
        BatchNormAttribute => "batchNorm",
        LayerNormAttribute => "layerNorm",
        RMSNormAttribute => "rmsNorm",
        GroupNormAttribute => "groupNorm",
        InstanceNormAttribute => "instanceNorm",
        LocalResponseNormAttribute => "localResponseNorm",
        SpatialDropoutAttribute => "spatialDropout",
        ZeroPadding1DAttribute or ZeroPadding2DAttribute => "zeroPadding",
        Cropping1DAttribute or Cropping2DAttribute => "cropping",
        Upsampling1DAttribute or Upsampling2DAttribute => "upsampling",
        PermuteAttribute => "permute",
        PadAttribute => "pad",
        SliceAttribute => "slice",
        MeanAttribute => "mean",
        _ => throw new ArgumentException($"{layer.GetType().Name} is unknown to the reference."),
    };
}
