using System.Runtime.InteropServices;
using Google.Protobuf;
using StaticNet.Onnx.Schema;
using AttributeType = StaticNet.Onnx.Schema.AttributeProto.Types.AttributeType;
using DataType = StaticNet.Onnx.Schema.TensorProto.Types.DataType;

namespace StaticNet.Exporting.Onnx;

/// <summary>Collects the nodes and constants of a model, each under a name of its own.</summary>
internal sealed class ModelBuilder
{
    /// <summary>The version of ONNX's operators: the newest one that tools of the last years read.</summary>
    public const int Opset = 17;

    /// <summary>The version of the format that belongs to it.</summary>
    private const int Version = 8;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<float, string> _numbers = [];

    public ModelBuilder(string name, IEnumerable<string> reserved)
    {
        Graph = new GraphProto { Name = name };
        _names.UnionWith(reserved);
    }

    private GraphProto Graph { get; }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="name">What its output is called, unless something else is.</param>
    /// <param name="inputs">The names of its inputs; empty for one that is left out.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string type, string name, IEnumerable<string> inputs, params (string Name, object Value)[] attributes) => Node(type, [name], inputs, attributes)[0];

    /// <summary>Adds a node; an empty name is an output that is left out.</summary>
    public IReadOnlyList<string> Node(string type, IEnumerable<string> names, IEnumerable<string> inputs, params (string Name, object Value)[] attributes)
    {
        string[] outputs = [.. names.Select(name => name.Length == 0 ? "" : Free(name))];
        var node = new NodeProto { OpType = type, Name = $"{outputs.First(output => output.Length > 0)}/{type}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        Graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Adds a tensor of floats.</summary>
    public string Floats(string name, IEnumerable<int> shape, ReadOnlySpan<float> values) => Constant(name, DataType.Float, shape, MemoryMarshal.AsBytes(values));

    /// <summary>Adds whole numbers: shapes, axes, places.</summary>
    public string Integers(string name, params IEnumerable<int> values)
    {
        long[] numbers = [.. values];
        return Constant(name, DataType.Int64, [numbers.Length], MemoryMarshal.AsBytes<long>(numbers));
    }

    /// <summary>A number that is used by name; the same number has one name.</summary>
    public string Number(float value)
    {
        if (!_numbers.TryGetValue(value, out var name))
            _numbers.Add(value, name = Constant("number", DataType.Float, [], MemoryMarshal.AsBytes<float>([value])));
        return name;
    }

    public void Input(string name, IReadOnlyList<int> shape, string batch) => Graph.Input.Add(Port(name, shape, batch));

    /// <summary>Adds an output: a value under its public name.</summary>
    public void Output(string name, string value, IReadOnlyList<int> shape, string batch)
    {
        var identity = new NodeProto { OpType = "Identity", Name = $"{name}/Identity" };
        identity.Input.Add(value);
        identity.Output.Add(name);
        Graph.Node.Add(identity);
        Graph.Output.Add(Port(name, shape, batch));
    }

    /// <summary>The model as a file. A value that only becomes an output has that one's name, without a node that copies it.</summary>
    public byte[] ToBytes()
    {
        foreach (var copy in Graph.Node.Where(node => node.OpType == "Identity").ToArray())
        {
            var (value, name) = (copy.Input[0], copy.Output[0]);
            var maker = Graph.Node.FirstOrDefault(node => node.Output.Contains(value));
            if (maker is null || Graph.Output.Any(output => output.Name == value))
                continue;
            Graph.Node.Remove(copy);
            Rename(maker.Output, value, name);
            foreach (var node in Graph.Node)
                Rename(node.Input, value, name);
        }

        var model = new ModelProto { IrVersion = Version, ProducerName = "StaticNet", ProducerVersion = typeof(INetwork<>).Assembly.GetName().Version?.ToString(3) ?? "", Graph = Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return model.ToByteArray();
    }

    private static void Rename(Google.Protobuf.Collections.RepeatedField<string> names, string from, string to)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index] == from)
                names[index] = to;
        }
    }

    private string Constant(string name, DataType type, IEnumerable<int> shape, ReadOnlySpan<byte> bytes)
    {
        var tensor = new TensorProto { Name = Free(name), DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Free(string name)
    {
        var free = name;
        for (var number = 2; !_names.Add(free); number++)
            free = $"{name}_{number}";
        return free;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int number:
                (attribute.Type, attribute.I) = (AttributeType.Int, number);
                break;
            case float number:
                (attribute.Type, attribute.F) = (AttributeType.Float, number);
                break;
            case string text:
                (attribute.Type, attribute.S) = (AttributeType.String, ByteString.CopyFromUtf8(text));
                break;
            case IEnumerable<int> numbers:
                attribute.Type = AttributeType.Ints;
                attribute.Ints.AddRange(numbers.Select(number => (long)number));
                break;
            case IEnumerable<float> numbers:
                attribute.Type = AttributeType.Floats;
                attribute.Floats.AddRange(numbers);
                break;
            case IEnumerable<string> texts:
                attribute.Type = AttributeType.Strings;
                attribute.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8));
                break;
            default:
                throw new ArgumentException($"Expected a number, a text or an array for the attribute {name}, but got a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }

    private static ValueInfoProto Port(string name, IReadOnlyList<int> shape, string batch)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = batch });
        sizes.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = sizes } } };
    }
}
