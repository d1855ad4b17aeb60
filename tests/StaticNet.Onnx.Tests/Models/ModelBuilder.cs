using Google.Protobuf;
using StaticNet.Onnx.Schema;
using DataType = StaticNet.Onnx.Schema.TensorProto.Types.DataType;

namespace StaticNet.Onnx.Tests.Models;

/// <summary>Builds small models.</summary>
internal sealed class ModelBuilder
{
    private readonly ModelProto _model = new() { IrVersion = 8, ProducerName = "tests", Graph = new GraphProto { Name = "graph" } };

    private int _constants;

    public ModelBuilder(int opset = 17) => _model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });

    /// <summary>The model, for what the builder does not do.</summary>
    public ModelProto Model => _model;

    public byte[] Bytes => _model.ToByteArray();

    public ModelBuilder Input(string name, params long[] shape)
    {
        _model.Graph.Input.Add(Port(name, shape));
        return this;
    }

    public ModelBuilder Output(params string[] names)
    {
        foreach (var name in names)
            _model.Graph.Output.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } } });
        return this;
    }

    public ModelBuilder Constant(string name, float[] values, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        _model.Graph.Initializer.Add(tensor);
        return this;
    }

    public ModelBuilder Constant(string name, long[] values, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.AddRange(shape);
        tensor.Int64Data.AddRange(values);
        _model.Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A constant of a few different numbers, none of them 0.</summary>
    public ModelBuilder Weights(string name, params long[] shape)
    {
        var random = new Random(++_constants);
        return Constant(name, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => (float)random.NextDouble() + 0.1f)], shape);
    }

    /// <summary>A node: its operator, its inputs and its outputs.</summary>
    public ModelBuilder Node(string type, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = $"{type}_{outputs[0]}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        _model.Graph.Node.Add(node);
        return this;
    }

    public ModelBuilder Node(string type, string input, string output, params (string Name, object Value)[] attributes) => Node(type, [input], [output], attributes);

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long number:
                (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, number);
                break;
            case float number:
                (attribute.Type, attribute.F) = (AttributeProto.Types.AttributeType.Float, number);
                break;
            case string text:
                (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(text));
                break;
            case long[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(numbers);
                break;
            case GraphProto graph:
                (attribute.Type, attribute.G) = (AttributeProto.Types.AttributeType.Graph, graph);
                break;
            default:
                throw new ArgumentException($"An attribute cannot be a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }

    private static ValueInfoProto Port(string name, long[] shape)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.AddRange(shape.Select(size => size > 0 ? new TensorShapeProto.Types.Dimension { DimValue = size } : new TensorShapeProto.Types.Dimension { DimParam = "batch" }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = sizes } } };
    }
}
