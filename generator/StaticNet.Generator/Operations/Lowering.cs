using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Collects the operations and parameters of a network while its layers are written as operations.</summary>
internal sealed class Lowering
{
    private readonly List<Operation> _operations = [];
    private readonly List<Parameter> _parameters = [];
    private readonly Dictionary<Value, Value> _channelsLast = [];
    private readonly Dictionary<Value, Value> _channelsFirst = [];
    private readonly Dictionary<Value, Value> _flattened = [];
    private readonly PlanePolicy _planes;
    private LayerNode? _layer;
    private int _streams;

    private Lowering(PlanePolicy planes) => _planes = planes;

    /// <summary>Writes a resolved graph as operations.</summary>
    public static NetworkProgram Lower(NetworkGraph graph, InputLayout layout)
    {
        var lowering = new Lowering(new PlanePolicy(graph, layout));
        var isLast = layout == InputLayout.ChannelsLast;
        var input = new Value(NetworkGraph.InputName, isLast ? graph.Input.ChannelsLast : graph.Input, null);
        var outputs = new List<Value>();
        Value ValueOf(int node) => node == NetworkGraph.InputNode ? input : outputs[node];

        foreach (var node in graph.Nodes)
        {
            lowering._layer = node;
            var first = lowering._operations.Count;
            var output = node.Layer.Lower(lowering, lowering.Ordered(node.Inputs.Select(ValueOf).ToArray(), node.Layer.Layouts));
            // What the layer gives carries the layer's name; what it makes on the way, the operation's besides.
            foreach (var operation in lowering._operations.Skip(first).Where(operation => operation.Output != output && operation.Output.Name == node.Name))
                operation.Output.Name = $"{node.Name}.{(operation is Contraction or Convolution or PlaneConvolution or TransposedConvolution or DepthwiseConvolution ? "linear" : operation.Verb)}";
            outputs.Add(output);
        }

        // What leaves the network, and what meets targets, is in the order of the user's spans.
        var read = graph.Losses.Select(loss => loss.From).Append(graph.Output).Distinct().ToDictionary(node => node, node =>
        {
            lowering._layer = node == NetworkGraph.InputNode ? null : graph.Nodes[node];
            return isLast && !lowering._flattened.ContainsKey(ValueOf(node)) ? lowering.ChannelsLast(ValueOf(node)) : lowering.ChannelsFirst(ValueOf(node));
        });
        return new NetworkProgram(graph, input, lowering._operations, lowering._parameters, outputs, read, lowering.CentersOf(graph));
    }

    /// <summary>The centres of the losses that have them, by the loss's number in the list: [class, feature], each feature a lane.</summary>
    private Dictionary<int, Parameter> CentersOf(NetworkGraph graph)
    {
        var centers = new Dictionary<int, Parameter>();
        for (var index = 0; index < graph.Losses.Count; index++)
        {
            var node = graph.Losses[index];
            if (node.Loss.Kind != LossKind.Center)
                continue;
            int[] shape = [graph.Losses[node.ClassOf].Type.Length, node.Type.Length];
            centers[index] = new Parameter(Loss.LayerOf(index + 1), "centers", ParameterRole.Statistic, shape.ToEquatableArray(), Initialization.Zeros, Trainable: false, IsTransposed: true) { IsPacked = true };
            Add(centers[index]);
        }

        return centers;
    }

    /// <summary>The operation that gives a value with its axes in another order.</summary>
    public static Operation Reordered(string layer, Value value, TensorType type, string verb = "Permute")
    {
        // Where one of the two sides has one element only, the order in memory is the same.
        if (value.Type.Channels == 1 || value.Type.Length == value.Type.Channels)
            return new Rearrangement(layer, value, type, verb);
        var rank = type.Rank;
        var axes = type.IsChannelsLast ? Enumerable.Range(1, rank - 1).Append(0) : Enumerable.Range(0, rank - 1).Prepend(rank - 1);
        return new Permutation(layer, value, type, axes.ToArray(), verb);
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
        var flattened = Add(new Rearrangement(_layer!.Name, input, type));
        _flattened[flattened] = input;
        return flattened;
    }

    /// <summary>What a dense layer reads: a flattened value with its channels last, and their number; or a value in logical order, and 0.</summary>
    public (Value Input, int Channels) Flattened(Value input) =>
        _flattened.TryGetValue(input, out var pixels) ? (input, pixels.Type.Channels) : (ChannelsFirst(input), 0);

    private Value Reorder(Value value, TensorType type, Dictionary<Value, Value> there, Dictionary<Value, Value> back)
    {
        if (value.Type.IsChannelsLast == type.IsChannelsLast)
            return value;
        if (there.TryGetValue(value, out var known))
            return known;
        var reordered = Add(Reordered(_layer!.Name, value, type));
        reordered.Name = $"{value.Name}.{(type.IsChannelsLast ? "channelsLast" : "channelsFirst")}";
        there[value] = reordered;
        back[reordered] = value;
        return reordered;
    }

    /// <summary>Brings a layer's inputs in the order of axes that it takes.</summary>
    private Value[] Ordered(Value[] inputs, LayoutUse use)
    {
        if (use == LayoutUse.Flattened)
            return inputs;
        inputs = Array.ConvertAll(inputs, input => _flattened.ContainsKey(input) ? ChannelsFirst(input) : input);
        return use switch
        {
            LayoutUse.ChannelsFirst => Array.ConvertAll(inputs, ChannelsFirst),
            LayoutUse.Any when inputs.Length > 1 && inputs.Any(input => input.Type.IsChannelsLast) => Array.ConvertAll(inputs, ChannelsLast),
            _ => inputs,
        };
    }

    public Parameter Parameter(string name, ParameterRole role, int[] shape, Initialization initialization, bool trainable, int channels = 0, bool isTransposed = false, Connections connections = default, int interleave = 0) =>
        Add(new Parameter(_layer!.Name, name, role, shape.ToEquatableArray(), initialization, trainable && _layer.Trainable, channels, isTransposed, connections, interleave));

    /// <summary>A parameter that stands as panels of 16 along its first axis, whatever its role.</summary>
    public Parameter PackedParameter(string name, ParameterRole role, int[] shape, Initialization initialization, bool trainable) =>
        Add(new Parameter(_layer!.Name, name, role, shape.ToEquatableArray(), initialization, trainable && _layer.Trainable) { IsPacked = true });

    public Value Contract(Value input, Parameter weight, Parameter? bias, UnrollingChoice unrolling) =>
        Add(new Contraction(_layer!.Name, input, weight, bias, unrolling));

    /// <summary>
    /// A convolution. One tap a window makes it a matrix product over the channels. Few channels in the logical order are read
    /// as they are: a pixel of so few would leave most of a row empty. For the same reason few filters give planes.
    /// </summary>
    public Value Convolve(
        Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes, UnrollingChoice unrolling, ConvolutionChoice algorithm = ConvolutionChoice.Auto)
    {
        if (axes.All(axis => axis.IsIdentity) && weight.Connections.IsFull)
            return Contract(ChannelsLast(input), weight, bias, unrolling);
        if (_planes.HasPlanes(_layer!))
            return Add(new PlaneConvolution(_layer!.Name, Framed(input, [.. axes.Select(PlaneAxis.Forward)]), input, weight, bias, axes));
        if (input.Type.IsChannelsLast || input.Type.Channels > PlanePolicy.FewChannels || algorithm == ConvolutionChoice.Winograd || !weight.Connections.IsFull)
            return Add(new Convolution(_layer!.Name, ChannelsLast(input), weight, bias, axes, algorithm));
        if (axes.All(axis => axis.IsInside))
            return Add(new Convolution(_layer!.Name, input, weight, bias, axes, algorithm));

        // So few channels cost little to copy, and with zeros around them every window has all its taps.
        var padded = axes.Select(axis => axis with { Input = Math.Max(((axis.Output - 1) * axis.Stride) + ((axis.Kernel - 1) * axis.Dilation) + 1, axis.Input + axis.Before), Before = 0, Padding = 0 }).ToArray();
        var frame = Add(new Frame(_layer!.Name, input, TensorType.Of([input.Type.Channels, .. padded.Select(axis => axis.Input)]), [0, .. axes.Select(axis => axis.Before)], "Frame"));
        return Add(new Convolution(_layer!.Name, frame, weight, bias, padded, algorithm) { Target = input, Windows = axes });
    }

    /// <summary>A value in the frame of a sum over planes.</summary>
    private Value Framed(Value input, IReadOnlyList<PlaneAxis> axes) => PlaneFrame.Of(_layer!.Name, input, axes, "Frame") is { } frame ? Add(frame) : input;

    public Value ConvolveTransposed(Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes) =>
        Add(new TransposedConvolution(_layer!.Name, ChannelsLast(input), weight, bias, axes));

    /// <summary>Each channel several times in a row; channels last.</summary>
    public Value RepeatChannels(Value input, int times) => times == 1 ? input : Add(new ChannelRepetition(_layer!.Name, ChannelsLast(input), times));

    public Value ConvolveDepthwise(Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes) =>
        Add(new DepthwiseConvolution(_layer!.Name, ChannelsLast(input), weight, bias, axes));

    /// <summary>
    /// A layer's product with its weight, plus its bias: as it is, or, with weight normalisation, with magnitude and direction
    /// in place of the weight.
    /// </summary>
    /// <param name="isNormalised">Whether the weight is normalised.</param>
    /// <param name="weight">Makes the weight: its name, its role and whether it stands in panels.</param>
    /// <param name="bias">Makes the bias, or null.</param>
    /// <param name="apply">Multiplies by the weight and adds the bias.</param>
    public Value Weigh(bool isNormalised, Func<string, ParameterRole, Parameter> weight, Func<Parameter?> bias, Func<Parameter, Parameter?, Value> apply)
    {
        if (!isNormalised)
        {
            var plain = weight("weight", ParameterRole.Weight);
            return apply(plain, bias());
        }

        var layer = _layer!.Name;
        var direction = weight("weight_v", ParameterRole.Direction);
        int[] ones = [direction.Shape[0], .. Enumerable.Repeat(1, direction.Shape.Count - 1)];
        var magnitude = Parameter("weight_g", ParameterRole.Magnitude, ones, Initialization.Constant(1), direction.Trainable);
        var scale = new WeightNormScale(layer, direction, magnitude);
        Add(scale);
        scale.Output.Name = direction.FullName + ".scale";
        var product = apply(direction, null);
        return Add(new WeightNormalization(layer, product, scale, bias()));
    }

    /// <summary>Normalises by the batch's moments; a frozen norm by the running ones, which it leaves as they are.</summary>
    public Value BatchNormalize(Value input, BatchNormParameters norm, bool trainable)
    {
        var isFrozen = !trainable || !_layer!.Trainable;
        var pixels = input.Type.Length / input.Type.Channels;
        var ofSamples = isFrozen ? null : pixels == 1 ? input : Add(new SampleMoments(_layer!.Name, input));
        var moments = new BatchMoments(_layer!.Name, ofSamples, input.Type.Channels, pixels, norm);
        Add(moments);
        return Add(new BatchNormalization(_layer.Name, input, moments));
    }

    /// <summary>Normalises each set of elements by its own moments.</summary>
    public Value LayerNormalize(Value input, LayerNormRule norm) =>
        Add(new LayerNormalization(_layer!.Name, input, Add(new LayerMoments(_layer.Name, input, norm)), norm));

    /// <summary>Normalises each sample's groups of channels by their own moments; channels last.</summary>
    public Value GroupNormalize(Value input, GroupNormRule norm) =>
        Add(new GroupNormalization(_layer!.Name, input, Add(new GroupMoments(_layer.Name, input, norm)), norm));

    /// <summary>x / (k + α·Σ x²)^β, the sum over the channels around each one; channels last.</summary>
    public Value LocalResponse(Value input, int size, float alpha, float beta, float k)
    {
        var sums = Add(new ChannelSum(_layer!.Name, input, size / 2, (size - 1) / 2, ofSquares: true));
        return Add(new Elementwise(_layer.Name, Operations.LocalResponse.Function(alpha, beta, k), [input, sums], verb: "LocalResponse"));
    }

    public Value Pool(Value input, PoolingKind function, IReadOnlyList<WindowedAxis> axes, bool countsPadding) =>
        Add(new Pooling(_layer!.Name, !input.Type.IsChannelsLast && PlanePolicy.Pools(axes) && PlanePolicy.FillsLanes(input.Type) ? input : ChannelsLast(input), function, axes, countsPadding));

    public Value Upsample(Value input, int[] scales, bool interpolates, bool alignsCorners) =>
        scales.All(scale => scale == 1) ? input : Add(new Upsampling(_layer!.Name, ChannelsLast(input), scales, interpolates, alignsCorners));

    /// <summary>x·a + b with a coefficient and a bias a channel; the value has its channels last.</summary>
    public Value ScaleAndShift(Value input, Parameter coefficient, Parameter bias) => Add(new ScaleAndShift(_layer!.Name, input, coefficient, bias));

    public Value Activate(Value input, ActivationKind kind, float alpha) =>
        Add(new Elementwise(_layer!.Name, ElementFunctions.Of(kind, alpha), [input]) { Activation = kind });

    public Value PReLU(Value input, Parameter slope) => Add(new Elementwise(_layer!.Name, ElementFunctions.PReLU, [input], slope));

    public Value Softmax(Value input, bool logarithm) => Add(new Softmax(_layer!.Name, input, logarithm));

    public Value MaxOfPieces(Value input, int pieces) => Add(new MaxOfPieces(_layer!.Name, input, pieces));

    /// <summary>The elements in logical order under another shape.</summary>
    public Value Reshape(Value input, TensorType type)
    {
        // The channels of a single pixel follow each other in any order of axes.
        if (input.Type.IsChannelsLast && input.Type.Length == input.Type.Channels)
            return Add(new Rearrangement(_layer!.Name, input, type));
        input = ChannelsFirst(input);
        return input.Type.Shape.Equals(type.Shape) ? input : Add(new Rearrangement(_layer!.Name, input, type));
    }

    public Value Dropout(Value input, double rate, bool isSpatial) => Add(new Dropout(_layer!.Name, input, rate, isSpatial, _streams++));

    public Value Noise(Value input, float deviation) => Add(new Noise(_layer!.Name, input, deviation, _streams++));

    /// <summary>A value in a frame of another size.</summary>
    /// <param name="input">The value, in any order of axes.</param>
    /// <param name="type">The frame's logical type.</param>
    /// <param name="before">For each logical axis, what stands before the value; negative: what of it is left out there.</param>
    /// <param name="verb">The end of the method's name.</param>
    public Value Frame(Value input, TensorType type, int[] before, string verb)
    {
        var logical = input.Type.ChannelsFirst;
        if (logical.Shape.Equals(type.Shape))
            return input;
        var framed = input.Type.IsChannelsLast ? type.ChannelsLast : type;
        var moved = new int[before.Length];
        for (var axis = 0; axis < before.Length; axis++)
            moved[input.Type.InMemory(axis)] = before[axis];
        return Add(new Frame(_layer!.Name, input, framed, moved, verb));
    }

    /// <summary>The axes of a value, in any order in memory, in another logical order: axis i is axis <c>axes[i]</c> of the input.</summary>
    public Value Permute(Value input, int[] axes)
    {
        var logical = input.Type.ChannelsFirst;
        if (axes.SequenceEqual(Enumerable.Range(0, axes.Length)))
            return input;
        var type = TensorType.Of(axes.Select(axis => logical.Shape[axis]).ToArray());
        var moved = axes.Select(input.Type.InMemory).ToArray();
        // Axes of one element do not count: without them the order may be the same.
        var counting = moved.Where(axis => input.Type.Shape[axis] > 1).ToArray();
        return counting.SequenceEqual(counting.OrderBy(axis => axis))
            ? Add(new Rearrangement(_layer!.Name, input, type))
            : Add(new Permutation(_layer!.Name, input, type, moved));
    }

    /// <summary>The mean over logical axes of a value in any order; the type is the logical one of what remains.</summary>
    public Value Mean(Value input, TensorType type, int[] axes)
    {
        var over = axes.Select(input.Type.InMemory).ToArray();
        // The axes that remain keep their order in memory, which is channels last where the channel is among them.
        var keepsChannel = input.Type.IsChannelsLast && !axes.Contains(0) && type.Rank > 1;
        return Add(new Mean(_layer!.Name, input, keepsChannel ? type.ChannelsLast : type, over));
    }

    public Value Add(Value left, Value right) => Add(new Elementwise(_layer!.Name, ElementFunctions.Add, [left, right], verb: "Sum"));

    public Value Multiply(Value left, Value right) => Add(new Elementwise(_layer!.Name, ElementFunctions.Multiply, [left, right], verb: "Product"));

    public Value Concat(IReadOnlyList<Value> inputs, int axis) => Add(new Concatenation(_layer!.Name, inputs, axis));

    private Parameter Add(Parameter parameter)
    {
        _parameters.Add(parameter);
        return parameter;
    }

    private Value Add(Operation operation)
    {
        _operations.Add(operation);
        return operation.Output;
    }
}
