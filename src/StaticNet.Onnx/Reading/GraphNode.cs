using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Reading;

/// <summary>A node of a model's graph.</summary>
internal sealed class GraphNode(NodeProto node, int opset)
{
    private readonly Dictionary<string, AttributeProto> _attributes = node.Attribute.GroupBy(attribute => attribute.Name).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);

    /// <summary>The operator, preceded by its domain if that is not ONNX's own.</summary>
    public string Operator { get; } = node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    /// <summary>Its name, or that of its first output.</summary>
    public string Name { get; } = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";

    /// <summary>The version of ONNX's operators that the model uses.</summary>
    public int Opset { get; } = opset;

    public IReadOnlyList<string> Inputs { get; } = [.. node.Input];

    public IReadOnlyList<string> Outputs { get; } = [.. node.Output];

    public bool Has(string attribute) => _attributes.ContainsKey(attribute);

    public long Integer(string attribute, long otherwise) => _attributes.TryGetValue(attribute, out var value) && value.HasI ? value.I : otherwise;

    public float Single(string attribute, float otherwise) => _attributes.TryGetValue(attribute, out var value) && value.HasF ? value.F : otherwise;

    public string Text(string attribute, string otherwise) => _attributes.TryGetValue(attribute, out var value) && value.HasS ? value.S.ToStringUtf8() : otherwise;

    public long[]? Integers(string attribute) => _attributes.TryGetValue(attribute, out var value) ? [.. value.Ints] : null;

    public float[]? Singles(string attribute) => _attributes.TryGetValue(attribute, out var value) ? [.. value.Floats] : null;

    public string[]? Texts(string attribute) => _attributes.TryGetValue(attribute, out var value) ? [.. value.Strings.Select(text => text.ToStringUtf8())] : null;

    public TensorProto? Tensor(string attribute) => _attributes.TryGetValue(attribute, out var value) ? value.T : null;

    public GraphProto? Graph(string attribute) => _attributes.TryGetValue(attribute, out var value) ? value.G : null;

    /// <summary>The graphs inside the node: the branches of an If, the body of a loop.</summary>
    public IEnumerable<GraphProto> Graphs => _attributes.Values.Where(value => value.G is not null).Select(value => value.G);
}
