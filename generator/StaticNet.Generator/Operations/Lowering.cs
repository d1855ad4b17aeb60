using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Collects the logical operations and the parameters of a network while its layers are written as such.</summary>
internal sealed partial class Lowering
{
    private readonly int _parts;
    private readonly List<LogicalOperation> _operations = [];
    private readonly List<Parameter> _parameters = [];
    private string _layer = "";
    private bool _trainable;
    private int _steps;
    private int _streams;

    /// <param name="parts">How often a sample has the steps that belong together because of strides in time.</param>
    public Lowering(int parts) => _parts = parts;

    public IReadOnlyList<LogicalOperation> Operations => _operations;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Begins a layer, to which everything belongs that is added from now on.</summary>
    /// <param name="layer">Its full name.</param>
    /// <param name="trainable">Whether no block around it is frozen.</param>
    /// <param name="steps">The steps of what it gives.</param>
    public void Begin(string layer, bool trainable, int steps)
    {
        _layer = layer;
        _trainable = trainable;
        _steps = steps;
    }

    public Parameter Parameter(string name, ParameterKind role, int[] shape, Initialization initialization, bool trainable, int channels = 0, bool isTransposed = false, Connections connections = default, int gates = 1, EquatableArray<float> values = default) =>
        Add(new Parameter(_layer, name, role, shape.ToEquatableArray(), initialization, trainable && _trainable, channels, isTransposed, connections) { Gates = gates, Values = values });

    /// <summary>Adds a parameter of no layer, such as the centres of a loss.</summary>
    public Parameter Add(Parameter parameter)
    {
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>An operation on each element, in any order of axes.</summary>
    private LogicalValue Each(LogicalValue input, Func<Value, Operation> make) => Add([input], input.Type, LayoutUse.Any, (layout, inputs) => layout.Add(make(inputs[0])));

    /// <summary>An operation with the channels as lanes.</summary>
    private LogicalValue ByChannel(LogicalValue input, TensorType type, Func<string, Value, Operation> make)
    {
        var layer = _layer;
        return Add([input], type, LayoutUse.ChannelsLast, (layout, inputs) => layout.Add(make(layer, inputs[0])));
    }

    private LogicalValue Add(IReadOnlyList<LogicalValue> inputs, TensorType type, LayoutUse use, Func<LayoutBuilder, Value[], Value> arrange) =>
        Add(new PlainOperation(_layer, inputs, type, use, arrange));

    private LogicalValue Add(LogicalOperation operation)
    {
        _operations.Add(operation);
        return operation.Output;
    }
}
