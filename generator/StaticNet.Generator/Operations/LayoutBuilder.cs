using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Collects the operations of a network while each of its values is given an order of axes.</summary>
/// <param name="choose">Chooses the way to compute a convolution of a value in the given memory layout.</param>
/// <param name="storage">In which numbers weights are kept.</param>
internal sealed class LayoutBuilder(Func<Convolution, Value, ConvolutionChoice> choose, WeightStorage storage)
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<LogicalValue, Value> _values = [];
    private readonly Dictionary<Value, Value> _channelsLast = [];
    private readonly Dictionary<Value, Value> _channelsFirst = [];
    private readonly Dictionary<Value, Value> _flattened = [];
    private string _layer = "";

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Sets what stands for an input of the network.</summary>
    public void SetInput(LogicalValue input, Value value) => _values[input] = value;

    /// <summary>What stands for a value; of a constant, which stands for itself, there is nothing.</summary>
    public Value Of(LogicalValue value) => _values[value];

    /// <summary>Makes the operations of a logical one.</summary>
    /// <param name="operation">The logical operation.</param>
    /// <param name="isLayer">Whether it gives what its layer gives, and with that the layer's name.</param>
    public void Arrange(LogicalOperation operation, bool isLayer)
    {
        _layer = operation.Layer;
        var first = _operations.Count;
        var inputs = operation.Inputs.Where(input => input.Constant is null).Select(Of).ToArray();
        var output = operation.Arrange(this, Ordered(inputs, operation.Use));
        _values[operation.Output] = output;
        foreach (var made in _operations.Skip(first))
        {
            if (made.Output.Name == _layer && !(isLayer && made.Output == output))
                made.Output.Name = $"{_layer}.{(made is Product ? "linear" : made.Verb)}";
        }
    }

    /// <summary>The value in the order of the user's spans.</summary>
    /// <param name="value">What the user or a loss reads.</param>
    /// <param name="layer">The layer that gives it.</param>
    /// <param name="isLast">Whether the user's spans have channels last.</param>
    public Value InUsersOrder(Value value, string layer, bool isLast)
    {
        _layer = layer;
        return isLast && !_flattened.ContainsKey(value) ? ChannelsLast(value) : ChannelsFirst(value);
    }

    public Value Add(Operation operation)
    {
        _operations.Add(operation);
        return operation.Output;
    }

    /// <summary>The way to compute a convolution.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">What stands for its input.</param>
    public ConvolutionChoice Choose(Convolution convolution, Value input) => choose(convolution, input);

    /// <summary>A dense layer's weight in fewer bytes, or null where it is kept as it is.</summary>
    public RoundedWeight? Rounded(Parameter weight)
    {
        if (storage == WeightStorage.Float32)
            return null;
        var rounded = new RoundedWeight(weight);
        Add(rounded);
        return rounded;
    }

    /// <summary>The value with its channels last.</summary>
    public Value ChannelsLast(Value value) => Reorder(value, value.Type.ChannelsLast, _channelsLast, _channelsFirst);

    /// <summary>The value in the logical order of axes.</summary>
    public Value ChannelsFirst(Value value)
    {
        if (!_flattened.TryGetValue(value, out var pixels))
            return Reorder(value, value.Type.ChannelsFirst, _channelsFirst, _channelsLast);
        if (_channelsFirst.TryGetValue(value, out var known))
            return known;
        return _channelsFirst[value] = Reshape(pixels, value.Type);
    }

    /// <summary>All axes as one. What has its channels last keeps them so, as far as only dense layers read it: their weights follow.</summary>
    public Value Flatten(Value input)
    {
        var type = TensorType.Of(input.Type.Length);
        if (!input.Type.IsChannelsLast || input.Type.Channels == 1 || input.Type.Length == input.Type.Channels)
            return Reshape(input, type);
        var flattened = Add(new Rearrangement(_layer, input, type));
        _flattened[flattened] = input;
        return flattened;
    }

    /// <summary>What a dense layer reads: a flattened value with its channels last, and their number; or a value in logical order, and 0.</summary>
    public (Value Input, int Channels) Flattened(Value input) =>
        _flattened.TryGetValue(input, out var pixels) ? (input, pixels.Type.Channels) : (ChannelsFirst(input), 0);

    /// <summary>The elements in logical order under another shape.</summary>
    public Value Reshape(Value input, TensorType type)
    {
        // The channels of a single pixel follow each other in any order of axes.
        if (input.Type.IsChannelsLast && input.Type.Length == input.Type.Channels)
            return Add(new Rearrangement(_layer, input, type));
        input = ChannelsFirst(input);
        return input.Type.Shape.Equals(type.Shape) ? input : Add(new Rearrangement(_layer, input, type));
    }

    /// <summary>Values in the order of axes that an operation takes.</summary>
    public Value[] Ordered(Value[] inputs, LayoutUse use)
    {
        if (use == LayoutUse.Flattened)
            return inputs;
        inputs = Array.ConvertAll(inputs, input => _flattened.ContainsKey(input) ? ChannelsFirst(input) : input);
        return use switch
        {
            LayoutUse.ChannelsFirst => Array.ConvertAll(inputs, ChannelsFirst),
            LayoutUse.ChannelsLast => Array.ConvertAll(inputs, ChannelsLast),
            LayoutUse.Any when inputs.Length > 1 && inputs.Any(input => input.Type.IsChannelsLast) => Array.ConvertAll(inputs, ChannelsLast),
            _ => inputs,
        };
    }

    private Value Reorder(Value value, TensorType type, Dictionary<Value, Value> there, Dictionary<Value, Value> back)
    {
        if (value.Type.IsChannelsLast == type.IsChannelsLast)
            return value;
        if (there.TryGetValue(value, out var known))
            return known;
        var reordered = Add(Permutation.Reordered(_layer, value, type));
        reordered.Name = $"{value.Name}.{(type.IsChannelsLast ? "channelsLast" : "channelsFirst")}";
        there[value] = reordered;
        back[reordered] = value;
        return reordered;
    }
}
