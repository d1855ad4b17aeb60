namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// An attribute of a node. Field numbers and types are those of AttributeProto in the ONNX specification's onnx.proto.
/// </summary>
internal sealed class OnnxAttribute
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int IntegersType = 7;

    private OnnxAttribute(string name, int type) => Message = new ProtobufWriter().Text(1, name).Integer(20, type);

    /// <summary>The attribute as it stands in the file.</summary>
    public ProtobufWriter Message { get; }

    /// <summary>An attribute with one number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Float(string name, double value)
    {
        var attribute = new OnnxAttribute(name, FloatType);
        attribute.Message.Float(2, (float)value);
        return attribute;
    }

    /// <summary>An attribute with one integer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Integer(string name, int value)
    {
        var attribute = new OnnxAttribute(name, IntegerType);
        attribute.Message.Integer(3, value);
        return attribute;
    }

    /// <summary>An attribute with a list of integers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values.</param>
    public static OnnxAttribute Integers(string name, params IEnumerable<int> values)
    {
        var attribute = new OnnxAttribute(name, IntegersType);
        foreach (var value in values)
            attribute.Message.Integer(8, value);
        return attribute;
    }
}
