namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>Writes a network as ONNX, for a fixed number of samples.</summary>
internal static class OnnxExport
{
    /// <summary>Writes the model.</summary>
    /// <param name="description">The network's shapes.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="batch">The number of samples.</param>
    /// <returns>The graph's output name and the model's bytes.</returns>
    public static (string Output, byte[] Model) Write(NetworkDescription description, IReadOnlyList<PeerLayer> layers, int batch)
    {
        var graph = new OnnxGraph([batch, .. description.InputShape]);
        foreach (var layer in layers)
            Add(graph, layer);
        return (graph.Output, graph.ToModel([batch, .. description.OutputShape]));
    }

    private static void Add(OnnxGraph graph, PeerLayer layer)
    {
        switch (layer)
        {
            case PeerDense dense:
                var (weight, bias) = (dense.Name + ".weight", dense.Name + ".bias");
                graph.AddConstant(weight, dense.Weight, dense.Units, dense.Inputs);
                if (dense.Bias is not null)
                    graph.AddConstant(bias, dense.Bias, dense.Units);
                graph.AddNode("Gemm", dense.Bias is null ? [weight] : [weight, bias], ("transB", 1));
                break;
            case PeerActivation { Function: var function }:
                graph.AddNode(OperatorOf(function), []);
                break;
            default:
                throw new NotSupportedException($"{layer.GetType().Name} is not written as ONNX yet.");
        }
    }

    private static string OperatorOf(Activation function) => function switch
    {
        Activation.ReLU => "Relu",
        Activation.Tanh => "Tanh",
        Activation.Sigmoid => "Sigmoid",
        _ => throw new NotSupportedException($"{function} is not written as ONNX yet."),
    };
}
