using System.Runtime.InteropServices;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// An ONNX model with one input, one output and nodes in a chain; each node takes the output of the one before it. Field
/// numbers are those of the ONNX specification's onnx.proto.
/// </summary>
/// <param name="inputShape">The input's shape, batch first.</param>
internal sealed class OnnxGraph(params IReadOnlyList<int> inputShape)
{
    /// <summary>The name of the model's input.</summary>
    public const string Input = "input";

    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int Float32 = 1;
    private const int IntegerAttribute = 2;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "network");
    private int _nodes;

    /// <summary>The name of the output of the last node.</summary>
    public string Output { get; private set; } = Input;

    /// <summary>Adds a constant tensor.</summary>
    /// <param name="name">Its name, which nodes refer to.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The shape.</param>
    public void AddConstant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
            tensor.Integer(1, size);
        tensor.Integer(2, Float32).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values));
        _graph.Message(5, tensor);
    }

    /// <summary>Adds a node behind the last one.</summary>
    /// <param name="operation">The operator, <c>Gemm</c>.</param>
    /// <param name="constants">The constants that follow the node's input.</param>
    /// <param name="attributes">Integer attributes.</param>
    public void AddNode(string operation, IEnumerable<string> constants, params ReadOnlySpan<(string Name, int Value)> attributes)
    {
        var node = new ProtobufWriter().Text(1, Output);
        foreach (var constant in constants)
            node.Text(1, constant);
        Output = $"{operation}{++_nodes}";
        node.Text(2, Output).Text(3, Output).Text(4, operation);
        foreach (var (name, value) in attributes)
            node.Message(5, new ProtobufWriter().Text(1, name).Integer(3, value).Integer(20, IntegerAttribute));
        _graph.Message(1, node);
    }

    /// <summary>The model's file.</summary>
    /// <param name="outputShape">The output's shape, batch first.</param>
    public byte[] ToModel(params IReadOnlyList<int> outputShape)
    {
        _graph.Message(11, Value(Input, inputShape)).Message(12, Value(Output, outputShape));
        return new ProtobufWriter()
            .Integer(1, IrVersion)
            .Message(7, _graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, OperatorSet))
            .ToArray();
    }

    private static ProtobufWriter Value(string name, IReadOnlyList<int> shape)
    {
        var sizes = new ProtobufWriter();
        foreach (var size in shape)
            sizes.Message(1, new ProtobufWriter().Integer(1, size));
        var tensor = new ProtobufWriter().Integer(1, Float32).Message(2, sizes);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
