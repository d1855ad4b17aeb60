using Google.Protobuf;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Tests.Recurrent;

/// <summary>An ONNX model of one recurrent operator, all of whose tensors are inputs.</summary>
internal static class CellModel
{
    /// <summary>Writes the model.</summary>
    /// <param name="operation">The operator: RNN, GRU or LSTM.</param>
    /// <param name="steps">The steps of a sequence.</param>
    /// <param name="samples">The sequences.</param>
    /// <param name="inputs">The inputs of a step.</param>
    /// <param name="units">The hidden units.</param>
    /// <param name="hasPeepholes">Whether it has the input P.</param>
    /// <param name="attributes">Its attributes but hidden_size: integers, a text, or a list of texts.</param>
    /// <returns>A model with the inputs X, W, R, B, initial_h and, for an LSTM, initial_c and P, and the outputs Y, Y_h and, for an LSTM, Y_c.</returns>
    public static byte[] Write(string operation, int steps, int samples, int inputs, int units, bool hasPeepholes, params (string Name, object Value)[] attributes)
    {
        var directions = attributes.Any(attribute => attribute.Value is "bidirectional") ? 2 : 1;
        var rows = units * operation switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        var isLstm = operation == "LSTM";
        var node = new NodeProto { OpType = operation };
        node.Input.Add(["X", "W", "R", "B", "", "initial_h"]);
        node.Input.Add(isLstm ? hasPeepholes ? ["initial_c", "P"] : ["initial_c"] : []);
        node.Output.Add(isLstm ? ["Y", "Y_h", "Y_c"] : ["Y", "Y_h"]);
        node.Attribute.Add([Attribute("hidden_size", units), .. attributes.Select(attribute => Attribute(attribute.Name, attribute.Value))]);

        var graph = new GraphProto { Name = "cell" };
        graph.Node.Add(node);
        foreach (var input in node.Input.Where(input => input.Length > 0))
        {
            graph.Input.Add(Port(input, input switch
            {
                "X" => [steps, samples, inputs],
                "W" => [directions, rows, inputs],
                "R" => [directions, rows, units],
                "B" => [directions, 2 * rows],
                "P" => [directions, 3 * units],
                _ => [directions, samples, units],
            }));
        }

        foreach (var output in node.Output)
            graph.Output.Add(Port(output, output == "Y" ? [steps, directions, samples, units] : [directions, samples, units]));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 14 });
        return model.ToByteArray();
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int number:
                (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, number);
                break;
            case string text:
                (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(text));
                break;
            default:
                attribute.Type = AttributeProto.Types.AttributeType.Strings;
                attribute.Strings.Add(((string[])value).Select(ByteString.CopyFromUtf8));
                break;
        }

        return attribute;
    }

    private static ValueInfoProto Port(string name, int[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = new TensorShapeProto() };
        tensor.Shape.Dim.Add(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
