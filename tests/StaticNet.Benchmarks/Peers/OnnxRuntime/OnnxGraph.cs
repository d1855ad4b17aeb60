using System.Runtime.InteropServices;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// An ONNX model with one input and one output. Nodes are added in the order in which they run. Field numbers are those of
/// the ONNX specification's onnx.proto.
/// </summary>
/// <param name="inputShape">The input's shape, batch first.</param>
internal sealed class OnnxGraph(params IReadOnlyList<int> inputShape)
{
    /// <summary>The name of the model's input.</summary>
    public const string Input = "input";

    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int Float32 = 1;
    private const int Int64 = 7;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "network");
    private int _nodes;

    /// <summary>Adds a constant tensor.</summary>
    /// <param name="name">Its name, which nodes refer to.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The name.</returns>
    public string AddConstant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        AddConstant(name, Float32, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant list of integers.</summary>
    /// <param name="name">Its name, which nodes refer to.</param>
    /// <param name="values">The integers.</param>
    /// <returns>The name.</returns>
    public string AddConstant(string name, params ReadOnlySpan<long> values) =>
        AddConstant(name, Int64, MemoryMarshal.AsBytes(values), values.Length);

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator, <c>Gemm</c>.</param>
    /// <param name="inputs">The names of its inputs: outputs of other nodes and constants.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of its output.</returns>
    public string AddNode(string operation, IEnumerable<string> inputs, params IEnumerable<OnnxAttribute> attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        var output = $"{operation}{++_nodes}";
        node.Text(2, output).Text(3, output).Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute.Message);
        _graph.Message(1, node);
        return output;
    }

    /// <summary>The model's file.</summary>
    /// <param name="output">The name of the output.</param>
    /// <param name="outputShape">Its shape, batch first.</param>
    public byte[] ToModel(string output, params IReadOnlyList<int> outputShape)
    {
        _graph.Message(11, Value(Input, inputShape)).Message(12, Value(output, outputShape));
        return new ProtobufWriter()
            .Integer(1, IrVersion)
            .Message(7, _graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, OperatorSet))
            .ToArray();
    }

    private string AddConstant(string name, int type, ReadOnlySpan<byte> values, params ReadOnlySpan<int> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
            tensor.Integer(1, size);
        tensor.Integer(2, type).Text(8, name).Bytes(9, values);
        _graph.Message(5, tensor);
        return name;
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
