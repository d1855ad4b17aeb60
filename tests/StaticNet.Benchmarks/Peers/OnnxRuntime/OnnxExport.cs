using StaticNet.Benchmarks.Peers.Graph;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>Writes a network as ONNX, for a fixed number of samples.</summary>
internal sealed class OnnxExport
{
    private readonly int _batch;
    private readonly OnnxGraph _graph;

    private OnnxExport(PeerGraph network, int batch)
    {
        _batch = batch;
        _graph = new OnnxGraph([batch, .. network.InputShape]);
    }

    /// <summary>Writes the model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <returns>The graph's output name and the model's bytes.</returns>
    /// <exception cref="NotSupportedException">A layer has no counterpart here.</exception>
    public static (string Output, byte[] Model) Write(PeerGraph network, int batch)
    {
        var export = new OnnxExport(network, batch);
        var names = new List<string>();
        foreach (var layer in network.Layers)
            names.Add(export.Add(layer, [.. layer.Sources.Select(source => names[source])]));
        return (names[^1], export._graph.ToModel(names[^1], [batch, .. network.OutputShape]));
    }

    private string Add(PeerLayer layer, string[] inputs) => layer switch
    {
        PeerInput => OnnxGraph.Input,
        PeerDense { Shape: [_] } => Node(layer, "Gemm", inputs, OnnxAttribute.Integer("transB", 1)),
        PeerConvolution convolution => Node(
            layer, "Conv", inputs, [.. Window(convolution.Window), OnnxAttribute.Integer("group", convolution.Groups)]),
        PeerTransposedConvolution transposed => Node(
            layer,
            "ConvTranspose",
            inputs,
            [
                .. Window(transposed.Window),
                OnnxAttribute.Integer("group", transposed.Groups),
                OnnxAttribute.Integers("output_padding", transposed.OutputPadding),
            ]),
        PeerPool { Maximum: true } pool => Node(layer, "MaxPool", inputs, [.. Window(pool.Window), Ceiling(pool)]),
        // Dilations came to AveragePool with operator set 19; none are wanted.
        PeerPool pool => Node(
            layer,
            "AveragePool",
            inputs,
            [
                .. Window(pool.Window, dilations: false),
                Ceiling(pool),
                OnnxAttribute.Integer("count_include_pad", pool.CountsPadding ? 1 : 0),
            ]),
        PeerGlobalPool pool => Node(layer, pool.Maximum ? "GlobalMaxPool" : "GlobalAveragePool", inputs),
        PeerBatchNorm norm => Node(layer, "BatchNormalization", inputs, OnnxAttribute.Float("epsilon", norm.Epsilon)),
        PeerActivation { Function: Activation.Softmax } => Node(layer, "Softmax", inputs, OnnxAttribute.Integer("axis", -1)),
        PeerActivation { Function: var function } => Node(layer, OperatorOf(function), inputs),
        PeerDropout => inputs[0],
        PeerReshape { Shape: [_] } => Node(layer, "Flatten", inputs, OnnxAttribute.Integer("axis", 1)),
        PeerReshape => _graph.AddNode("Reshape", [inputs[0], Shape(layer)]),
        PeerAdd => inputs.Aggregate((sum, next) => _graph.AddNode("Add", [sum, next])),
        PeerConcat concat => Node(layer, "Concat", inputs, OnnxAttribute.Integer("axis", concat.Axis + 1)),
        _ => throw new NotSupportedException($"{layer.GetType().Name} is not written as ONNX yet."),
    };

    private string Node(PeerLayer layer, string operation, string[] inputs, params IEnumerable<OnnxAttribute> attributes)
    {
        var constants = layer.Tensors.Select(tensor => _graph.AddConstant(tensor.Name, tensor.Values, tensor.Shape));
        return _graph.AddNode(operation, [.. inputs, .. constants], attributes);
    }

    private string Shape(PeerLayer layer) =>
        _graph.AddConstant(layer.Name + ".shape", [_batch, .. layer.Shape.Select(size => (long)size)]);

    private static IEnumerable<OnnxAttribute> Window(PeerWindow window, bool dilations = true)
    {
        yield return OnnxAttribute.Integers("kernel_shape", window.Kernel);
        yield return OnnxAttribute.Integers("strides", window.Strides);
        // All begins, then all ends.
        yield return OnnxAttribute.Integers("pads", [.. window.Begins, .. window.Ends]);
        if (dilations)
            yield return OnnxAttribute.Integers("dilations", window.Dilations);
    }

    private static OnnxAttribute Ceiling(PeerPool pool) => OnnxAttribute.Integer("ceil_mode", pool.Ceiling ? 1 : 0);

    private static string OperatorOf(Activation function) => function switch
    {
        Activation.ReLU => "Relu",
        Activation.Tanh => "Tanh",
        Activation.Sigmoid => "Sigmoid",
        _ => throw new NotSupportedException($"{function} is not written as ONNX yet."),
    };
}
