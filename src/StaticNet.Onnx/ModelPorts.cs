using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Mapping;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx;

/// <summary>The inputs and outputs of a model, and which of them become those of the network.</summary>
internal sealed class ModelPorts
{
    private readonly GraphProto _graph;

    private readonly OnnxImportOptions _options;

    private readonly string _name;

    private readonly List<ImportProblem> _problems = [];

    private readonly List<(ImportedPort Port, LayerNode Layer)> _inputs = [];

    public ModelPorts(GraphProto graph, OnnxImportOptions options, string name)
    {
        (_graph, _options, _name) = (graph, options, name);
        OutputNames = options.Outputs.Count > 0 ? [.. options.Outputs.Distinct()] : [.. graph.Output.Select(output => output.Name).Distinct()];
        var images = graph.Input.Where(input => graph.Initializer.All(tensor => tensor.Name != input.Name) && input.Type?.TensorType?.Shape?.Dim.Count > 2).ToArray();
        IsChannelsLast = images.Length > 0 && images.All(IsReadChannelsFirst);
    }

    public ImmutableArray<string> OutputNames { get; }

    /// <summary>Whether the inputs are channels last: all that have positions are turned to channels first at once.</summary>
    public bool IsChannelsLast { get; }

    /// <summary>What was left out or decided.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Whether all readers of an input take it in the order [1, channels, positions].</summary>
    private bool IsReadChannelsFirst(ValueInfoProto input)
    {
        var rank = input.Type.TensorType.Shape.Dim.Count;
        var first = input.Type.TensorType.Shape.Dim[0];
        long[] order = rank == 4 ? [0, 3, 1, 2] : [0, 2, 1];
        var readers = _graph.Node.Where(node => node.Input.Contains(input.Name)).ToArray();
        return rank is 3 or 4 && !(first.HasDimValue && first.DimValue > 1) && readers.Length > 0 && !OutputNames.Contains(input.Name)
            && readers.All(node => node.OpType == "Transpose" && node.Attribute.FirstOrDefault(attribute => attribute.Name == "perm")?.Ints.SequenceEqual(order) == true);
    }

    /// <summary>[channels, positions] as [positions, channels].</summary>
    private static LayerNode ChannelsLast(LayerNode layer) => layer.Shape.Length == 3
        ? LayerGraph.Layer(new AttributeDeclaration("Permute", 1, 2, 0), layer, layer.Shape[1], layer.Shape[2], layer.Shape[0])
        : LayerGraph.Layer(new AttributeDeclaration("Permute", 1, 0), layer, layer.Shape[1], layer.Shape[0]);

    /// <summary>The shape of an input or output as the model has it, with the names of open sizes.</summary>
    public static string ShapeText(ValueInfoProto port) => port.Type?.TensorType?.Shape is { } shape
        ? $"[{string.Join(", ", shape.Dim.Select(dimension => dimension.HasDimValue ? dimension.DimValue.ToString(CultureInfo.InvariantCulture) : dimension.DimParam.Length > 0 ? dimension.DimParam : "?"))}]"
        : "unknown";

    /// <summary>The inputs that the user has made constants.</summary>
    public Dictionary<string, Tensor> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>The inputs as layers, each under its name in the model.</summary>
    public (LayerGraph Graph, Dictionary<string, Value> Values) Inputs()
    {
        var (layers, values, names) = (new LayerGraph(), new Dictionary<string, Value>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var constants = _graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = _graph.Input.Where(input => !constants.Contains(input.Name)).DistinctBy(input => input.Name).ToArray();
        foreach (var unknown in _options.Inputs.Keys.Except(inputs.Select(input => input.Name)))
            _problems.Add(new(_name, $"--input {unknown}", "the model has no such input", $"Its inputs are {string.Join(", ", inputs.Select(input => input.Name))}"));
        foreach (var input in inputs)
        {
            try
            {
                var shape = ShapeOf(input);
                if (_options.Inputs.TryGetValue(input.Name, out var numbers))
                {
                    values[input.Name] = Value.Of(Constants[input.Name] = Pinned(input, shape, numbers));
                    continue;
                }

                if ((TensorProto.Types.DataType)input.Type.TensorType.ElemType is not (TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bool))
                    throw new ModelFaultException("networks compute with floats, and neither whole numbers nor shorter floats behave like them", "Make it a constant with --input, or export the model with a float input");
                var own = StaticShape(shape);
                if (IsChannelsLast && shape.Length > 2)
                    own = [shape[^1], .. shape[1..^1]];
                var layer = layers.Input(Identifiers.Unique(Identifiers.Camel(input.Name, "input"), names), own);
                if (IsChannelsLast)
                    layer.Attribute = layer.Attribute.With("Layout", Layout.ChannelsLast);
                values[input.Name] = Value.Of(IsChannelsLast && shape.Length > 2 ? ChannelsLast(layer) : layer, shape);
                _inputs.Add((new ImportedPort(layer.PreferredName!, input.Name, [.. own], [.. shape]), layer));
            }
            catch (ModelFaultException e)
            {
                values[input.Name] = Value.Broken([new($"the input '{input.Name}'", TypeOf(input), e.Message, e.Remedy ?? "Choose outputs that do not depend on it with --output")], isRandom: false);
            }
        }

        return (layers, values);
    }

    /// <summary>The outputs of the network.</summary>
    /// <exception cref="ImportException">One of them cannot be imported, or none is left.</exception>
    public IReadOnlyList<(ImportedPort Port, LayerNode Layer)> Outputs(Dictionary<string, Value> values, Func<Value, LayerNode> layerOf)
    {
        var outputs = new List<(ImportedPort Port, LayerNode Layer)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var copies = new List<(string Name, Value Value)>();
        foreach (var name in OutputNames)
        {
            if (!values.TryGetValue(name, out var value))
                _problems.Add(new(_name, $"the output '{name}'", "the model has no value of this name", $"Its outputs are {string.Join(", ", _graph.Output.Select(output => output.Name))}"));
            else if (value.IsBroken && value.IsRandom && _options.Outputs.Count == 0 && OutputNames.Length > 1)
                Notes.Add($"{name} is random and was left out.");
            else if (value.IsBroken)
                _problems.AddRange(value.Problems);
            else if (value.Constant is { } constant)
                LeaveOut(name, $"the constant {Text(constant)}");
            else if (value.Layer!.Kind == LayerNodeKind.Input && value.Function == Expression.X)
                copies.Add((name, value));
            else
                outputs.Add((new ImportedPort(Identifiers.Unique(Identifiers.Camel(name, "output"), names), name, [], [.. value.Shape]), layerOf(value)));
        }

        // Copies of inputs are of use only where nothing else is computed, or where they are asked for.
        foreach (var (name, value) in copies)
        {
            if (outputs.Count > 0 && _options.Outputs.Count == 0)
                Notes.Add($"{name} is a copy of the input {_inputs.First(input => input.Layer == value.Layer).Port.Source} and was left out.");
            else
                outputs.Add((new ImportedPort(Identifiers.Unique(Identifiers.Camel(name, "output"), names), name, [], [.. value.Shape]), Copy(value)));
        }

        if (_problems.Count == 0 && outputs.Count == 0)
            _problems.Add(new(_name, "its outputs", $"none is computed from an input: {string.Join(" ", Notes)}", "Choose values inside the model with --output"));
        if (_problems.Count > 0)
            throw new ImportException(_problems.Distinct().ToImmutableArray());
        return [.. outputs.Select(output => (output.Port with { Shape = output.Layer.Shape }, output.Layer))];
    }

    /// <summary>The inputs that a declaration has; the others are noted.</summary>
    public ImmutableArray<ImportedPort> Used(DeclaredLayers declared)
    {
        foreach (var input in _inputs.Where(input => declared.Inputs.All(used => used.Layer != input.Layer)))
            Notes.Add($"No output depends on the input {input.Port.Source}.");
        return [.. declared.Inputs.Select(used => _inputs.First(input => input.Layer == used.Layer).Port with { Name = used.Name })];
    }

    private void LeaveOut(string name, string what)
    {
        if (_options.Outputs.Count > 0)
            _problems.Add(new(_name, $"the output '{name}'", $"it is {what}", "Leave it out"));
        else
            Notes.Add($"{name} is {what} and was left out.");
    }

    private static LayerNode Copy(Value value) => LayerGraph.Layer(new AttributeDeclaration("Activation", Activation.Identity), value.Layer!, value.Layer!.Shape.AsSpan());

    private static string Text(Tensor constant) => constant.Length == 0 ? "of no elements" : string.Join(", ", constant.AsFloats().Take(4).Select(value => value.ToString(CultureInfo.InvariantCulture))) + (constant.Length > 4 ? ", …" : "");

    private static string TypeOf(ValueInfoProto input) => input.Type?.TensorType is { } tensor ? $"a tensor of {(TensorProto.Types.DataType)tensor.ElemType}" : "not a tensor";

    /// <summary>An input that the user has made a constant.</summary>
    private static Tensor Pinned(ValueInfoProto input, int[] shape, float[] numbers)
    {
        if (numbers.Length != 1 && numbers.Length != Indexing.Length(shape))
            throw new ModelFaultException($"it got {numbers.Length} numbers", $"Give one number, or one for each of the {Indexing.Length(shape)} elements of {Indexing.Text(shape)}");
        float[] all = numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], Indexing.Length(shape))] : numbers;
        var type = (TensorProto.Types.DataType)input.Type.TensorType.ElemType;
        if (type is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16)
            return Tensor.Of(all, shape);
        long[] whole = [.. all.Select(number => (long)number)];
        return type == TensorProto.Types.DataType.Bool ? Tensor.OfBooleans(whole, shape) : Tensor.Of(whole, shape);
    }

    private int[] ShapeOf(ValueInfoProto input)
    {
        var tensor = input.Type?.TensorType ?? throw new ModelFaultException("only tensors are supported");
        var dimensions = tensor.Shape?.Dim ?? throw new ModelFaultException("it has no shape, not even a number of axes", "Give it one in the model");
        int[] shape = [.. dimensions.Select((dimension, axis) => Size(input.Name, dimension, axis))];
        return Indexing.Length(shape) is > 0 and <= 1 << 24 ? shape : throw new ModelFaultException($"its shape {Indexing.Text(shape)} has no elements, or more than 16,777,216");
    }

    private int Size(string input, TensorShapeProto.Types.Dimension dimension, int axis)
    {
        var number = axis.ToString(CultureInfo.InvariantCulture);
        if (dimension.HasDimValue && dimension.DimValue > 0)
        {
            return _options.Dimensions.TryGetValue($"{input}:{number}", out var fixedSize) && fixedSize != dimension.DimValue
                ? throw new ModelFaultException($"--dim {input}:{number}={fixedSize} differs from the model's own size, {dimension.DimValue}", "Set only sizes that the model leaves open")
                : checked((int)Math.Min(dimension.DimValue, int.MaxValue));
        }

        return _options.Dimensions.TryGetValue(dimension.DimParam, out var size) || _options.Dimensions.TryGetValue($"{input}:{number}", out size) || _options.Dimensions.TryGetValue(number, out size) ? size : 1;
    }

    /// <summary>The shape without the batch and without other axes of one element, of one to three sizes.</summary>
    private static int[] StaticShape(int[] shape)
    {
        int[] sample = shape.Length > 1 && shape[0] == 1 ? shape[1..] : shape;
        if (sample.Length > 3)
            sample = [.. sample.Where(size => size > 1)];
        return sample.Length switch
        {
            0 => [1],
            <= 3 => sample,
            _ => [Indexing.Length(sample[..^2]), .. sample[^2..]],
        };
    }
}
