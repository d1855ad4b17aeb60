using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Operations;

/// <summary>Collects the operations and parameters of a network while its layers are written as operations.</summary>
internal sealed class Lowering
{
    private readonly List<Operation> _operations = [];
    private readonly List<Parameter> _parameters = [];
    private LayerNode? _layer;
    private int _dropouts;

    private Lowering()
    {
    }

    /// <summary>Writes a resolved graph as operations.</summary>
    public static NetworkProgram Lower(NetworkGraph graph)
    {
        var lowering = new Lowering();
        var input = new Value(NetworkGraph.InputName, graph.Input, null);
        var outputs = new List<Value>();
        Value ValueOf(int node) => node == NetworkGraph.InputNode ? input : outputs[node];

        foreach (var node in graph.Nodes)
        {
            lowering._layer = node;
            var first = lowering._operations.Count;
            var output = node.Layer.Lower(lowering, node.Inputs.Select(ValueOf).ToArray());
            // What the layer gives carries the layer's name; what it makes on the way, the operation's besides.
            foreach (var operation in lowering._operations.Skip(first).Where(operation => operation.Output != output))
                operation.Output.Name = $"{node.Name}.{(operation is Contraction ? "linear" : operation.Verb.ToLowerInvariant())}";
            outputs.Add(output);
        }

        return new NetworkProgram(graph, input, lowering._operations, lowering._parameters, outputs);
    }

    public Parameter Parameter(string name, ParameterRole role, int[] shape, Initialization initialization, bool trainable)
    {
        var parameter = new Parameter(_layer!.Name, name, role, shape.ToEquatableArray(), initialization, trainable && _layer.Trainable);
        _parameters.Add(parameter);
        return parameter;
    }

    public Value Contract(Value input, Parameter weight, Parameter? bias, UnrollingChoice unrolling) =>
        Add(new Contraction(_layer!.Name, input, weight, bias, unrolling));

    public Value Activate(Value input, ActivationKind kind, float alpha) =>
        Add(new Elementwise(_layer!.Name, ElementFunctions.Of(kind, alpha), [input]) { Activation = kind });

    public Value PReLU(Value input, Parameter slope) => Add(new Elementwise(_layer!.Name, ElementFunctions.PReLU, [input], slope));

    public Value Softmax(Value input, bool logarithm) => Add(new Softmax(_layer!.Name, input, logarithm));

    public Value MaxOfPieces(Value input, int pieces) => Add(new MaxOfPieces(_layer!.Name, input, pieces));

    public Value Reshape(Value input, TensorType type) => input.Type.Shape.Equals(type.Shape) ? input : Add(new Rearrangement(_layer!.Name, input, type));

    public Value Dropout(Value input, double rate) => Add(new Dropout(_layer!.Name, input, rate, _dropouts++));

    public Value Add(Value left, Value right) => Add(new Elementwise(_layer!.Name, ElementFunctions.Add, [left, right], verb: "Sum"));

    public Value Multiply(Value left, Value right) => Add(new Elementwise(_layer!.Name, ElementFunctions.Multiply, [left, right], verb: "Product"));

    public Value Concat(IReadOnlyList<Value> inputs, int axis) => Add(new Concatenation(_layer!.Name, inputs, axis));

    private Value Add(Operation operation)
    {
        _operations.Add(operation);
        return operation.Output;
    }
}

/// <summary>A network as operations, before any decision about memory or loops.</summary>
/// <param name="Graph">The layers.</param>
/// <param name="Input">The network's input.</param>
/// <param name="Operations">The forward operations in order.</param>
/// <param name="Parameters">The parameters in the order of the layers.</param>
/// <param name="Outputs">The output of each layer.</param>
internal sealed record NetworkProgram(
    NetworkGraph Graph, Value Input, IReadOnlyList<Operation> Operations, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Value> Outputs)
{
    public Value Output => Outputs[Outputs.Count - 1];

    public Value ValueOf(int node) => node == NetworkGraph.InputNode ? Input : Outputs[node];
}
