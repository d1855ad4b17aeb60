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
    private readonly Dictionary<Value, Parameter> _constants = [];
    private string _layer = "";
    private bool _trainable;
    private bool _givesPlanes;
    private int _streams;

    public IReadOnlyList<Operation> Operations => _operations;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Whether a value has all axes as one, in the order of pixels with their channels last.</summary>
    public bool IsFlattened(Value value) => _flattened.ContainsKey(value);

    /// <summary>Begins a layer, to which everything belongs that is added from now on.</summary>
    /// <param name="layer">Its full name.</param>
    /// <param name="trainable">Whether no block around it is frozen.</param>
    /// <param name="givesPlanes">Whether a convolution's result is to stand in planes.</param>
    public void Begin(string layer, bool trainable, bool givesPlanes)
    {
        _layer = layer;
        _trainable = trainable;
        _givesPlanes = givesPlanes;
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

    /// <summary>Brings a layer's inputs in the order of axes that it takes.</summary>
    public Value[] Ordered(Value[] inputs, LayoutUse use)
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

    public Parameter Parameter(string name, ParameterKind role, int[] shape, Initialization initialization, bool trainable, int channels = 0, bool isTransposed = false, Connections connections = default, int interleave = 0) =>
        Add(new Parameter(_layer, name, role, shape.ToEquatableArray(), initialization, trainable && _trainable, channels, isTransposed, connections, interleave));

    /// <summary>A parameter that stands as panels of 16 along its first axis, whatever its role.</summary>
    public Parameter PackedParameter(string name, ParameterKind role, int[] shape, Initialization initialization, bool trainable) =>
        Add(new Parameter(_layer, name, role, shape.ToEquatableArray(), initialization, trainable && _trainable) { IsPacked = true });

    public Value Contract(Value input, Parameter weight, Parameter? bias, Unrolling unrolling) =>
        Add(new Contraction(_layer, input, weight, bias, unrolling));

    /// <summary>
    /// A convolution. One tap a window makes it a matrix product over the channels. Few channels in the logical order are read
    /// as they are: a pixel of so few would leave most of a row empty. For the same reason few filters give planes.
    /// </summary>
    public Value Convolve(
        Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes, Unrolling unrolling, ConvolutionAlgorithm algorithm = ConvolutionAlgorithm.Auto)
    {
        if (axes.All(axis => axis.IsIdentity) && weight.Connections.IsFull)
            return Contract(ChannelsLast(input), weight, bias, unrolling);
        if (_givesPlanes)
            return Add(new PlaneSum(_layer, Framed(input, [.. axes.Select(PlaneAxis.Forward)]), input, weight, bias, axes));
        if (input.Type.IsChannelsLast || input.Type.Channels > PlaneRules.FewChannels || algorithm == ConvolutionAlgorithm.Winograd || !weight.Connections.IsFull)
            {
            var sum = new WindowSum(_layer, ChannelsLast(input), weight, bias, axes);
            sum.IsWinograd = WinogradPolicy.Takes(sum, algorithm);
            return Add(sum);
        }

        if (axes.All(axis => axis.IsInside))
            return Add(new WindowSum(_layer, input, weight, bias, axes));

        // So few channels cost little to copy, and with zeros around them every window has all its taps.
        var padded = axes.Select(axis => axis with { Input = Math.Max(((axis.Output - 1) * axis.Stride) + ((axis.Kernel - 1) * axis.Dilation) + 1, axis.Input + axis.Before), Before = 0, Padding = 0 }).ToArray();
        var frame = Add(new Frame(_layer, input, TensorType.Of([input.Type.Channels, .. padded.Select(axis => axis.Input)]), [0, .. axes.Select(axis => axis.Before)], "Frame"));
        return Add(new WindowSum(_layer, frame, weight, bias, padded) { Target = input, Windows = axes });
    }

    /// <summary>A value in the frame of a sum over planes.</summary>
    private Value Framed(Value input, IReadOnlyList<PlaneAxis> axes) => PlaneFrame.Of(_layer, input, axes, "Frame") is { } frame ? Add(frame) : input;

    public Value ConvolveTransposed(Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes) =>
        Add(new WindowSum(_layer, ChannelsLast(input), weight, bias, axes, gathers: true));

    /// <summary>Each channel several times in a row; channels last.</summary>
    public Value RepeatChannels(Value input, int times) => times == 1 ? input : Add(new ChannelRepetition(_layer, ChannelsLast(input), times));

    public Value ConvolveDepthwise(Value input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> axes) =>
        Add(new WindowSum(_layer, ChannelsLast(input), weight, bias, axes, isDepthwise: true));

    /// <summary>
    /// A layer's product with its weight, plus its bias: as it is, or, with weight normalisation, with magnitude and direction
    /// in place of the weight.
    /// </summary>
    /// <param name="isNormalised">Whether the weight is normalised.</param>
    /// <param name="weight">Makes the weight: its name, its role and whether it stands in panels.</param>
    /// <param name="bias">Makes the bias, or null.</param>
    /// <param name="apply">Multiplies by the weight and adds the bias.</param>
    public Value Weigh(bool isNormalised, Func<string, ParameterKind, Parameter> weight, Func<Parameter?> bias, Func<Parameter, Parameter?, Value> apply)
    {
        if (!isNormalised)
        {
            var plain = weight("weight", ParameterKind.Weight);
            return apply(plain, bias());
        }

        var layer = _layer;
        var direction = weight("weight_v", ParameterKind.Direction);
        int[] ones = [direction.Shape[0], .. Enumerable.Repeat(1, direction.Shape.Count - 1)];
        var magnitude = Parameter("weight_g", ParameterKind.Magnitude, ones, Initialization.Constant(1), direction.Trainable);
        var scale = new WeightNormScale(layer, direction, magnitude);
        Add(scale);
        scale.Output.Name = direction.FullName + ".scale";
        var product = apply(direction, null);
        return Add(new WeightNormalization(layer, product, scale, bias()));
    }

    /// <summary>Normalises by the batch's moments; a frozen norm by the running ones, which it leaves as they are.</summary>
    public Value BatchNormalize(Value input, BatchNormParameters norm, bool trainable)
    {
        var isFrozen = !trainable || !_trainable;
        var pixels = input.Type.Length / input.Type.Channels;
        var ofSamples = isFrozen ? null : pixels == 1 ? input : Add(new SampleMoments(_layer, input));
        var moments = new BatchMoments(_layer, ofSamples, input.Type.Channels, pixels, norm);
        Add(moments);
        return Add(new BatchNormalization(_layer, input, moments));
    }

    /// <summary>Normalises each set of elements by its own moments.</summary>
    public Value LayerNormalize(Value input, LayerNormRule norm) =>
        Add(new LayerNormalization(_layer, input, Add(new LayerMoments(_layer, input, norm)), norm));

    /// <summary>Normalises each sample's groups of channels by their own moments; channels last.</summary>
    public Value GroupNormalize(Value input, GroupNormRule norm) =>
        Add(new GroupNormalization(_layer, input, Add(new GroupMoments(_layer, input, norm)), norm));

    /// <summary>x / (k + α·Σ x²)^β, the sum over the channels around each one; channels last.</summary>
    public Value LocalResponse(Value input, int size, float alpha, float beta, float k)
    {
        var sums = Add(new ChannelSum(_layer, input, size / 2, (size - 1) / 2, ofSquares: true));
        return Add(new Elementwise(_layer, StaticNet.Generator.Operations.LocalResponse.Function(alpha, beta, k), [input, sums], verb: "LocalResponse"));
    }

    public Value Pool(Value input, PoolingKind function, IReadOnlyList<WindowedAxis> axes, bool countsPadding) =>
        Add(new Pooling(_layer, !input.Type.IsChannelsLast && PlaneRules.Pools(axes) && PlaneRules.FillsLanes(input.Type) ? input : ChannelsLast(input), function, axes, countsPadding));

    public Value Upsample(Value input, int[] scales, bool interpolates, bool alignsCorners) =>
        scales.All(scale => scale == 1) ? input : Add(new Upsampling(_layer, ChannelsLast(input), scales, interpolates, alignsCorners));

    /// <summary>x·a + b with a coefficient and a bias a channel; the value has its channels last.</summary>
    public Value ScaleAndShift(Value input, Parameter coefficient, Parameter bias) => Add(new ScaleAndShift(_layer, input, coefficient, bias));

    public Value Activate(Value input, Activation kind, float alpha) =>
        Add(new Elementwise(_layer, ActivationFunctions.Of(kind, alpha), [input]) { Activation = kind });

    /// <summary>A function of each element.</summary>
    public Value Apply(Value input, ElementFunction function) => Add(new Elementwise(_layer, function, [input]));

    public Value PReLU(Value input, Parameter slope) => Add(new PReLU(_layer, input, slope));

    public Value Softmax(Value input, bool logarithm) => Add(new Softmax(_layer, input, logarithm));

    public Value MaxOfPieces(Value input, int pieces) => Add(new MaxOfPieces(_layer, input, pieces));

    /// <summary>The elements in logical order under another shape.</summary>
    public Value Reshape(Value input, TensorType type)
    {
        // The channels of a single pixel follow each other in any order of axes.
        if (input.Type.IsChannelsLast && input.Type.Length == input.Type.Channels)
            return Add(new Rearrangement(_layer, input, type));
        input = ChannelsFirst(input);
        return input.Type.Shape.Equals(type.Shape) ? input : Add(new Rearrangement(_layer, input, type));
    }

    public Value Dropout(Value input, double rate, bool isSpatial) => Add(new Dropout(_layer, input, rate, isSpatial, _streams++));

    public Value Noise(Value input, float deviation) => Add(new Noise(_layer, input, deviation, _streams++));

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
        return Add(new Frame(_layer, input, framed, moved, verb));
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
            ? Add(new Rearrangement(_layer, input, type))
            : Add(new Permutation(_layer, input, type, moved));
    }

    /// <summary>The mean over logical axes of a value in any order; the type is the logical one of what remains.</summary>
    public Value Mean(Value input, TensorType type, int[] axes)
    {
        var over = axes.Select(input.Type.InMemory).ToArray();
        // The axes that remain keep their order in memory, which is channels last where the channel is among them.
        var keepsChannel = input.Type.IsChannelsLast && !axes.Contains(0) && type.Rank > 1;
        return Add(new Mean(_layer, input, keepsChannel ? type.ChannelsLast : type, over));
    }

    /// <summary>A fixed tensor: what only joins take.</summary>
    public Value Constant(TensorType type, float value, EquatableArray<float> values)
    {
        var parameter = Add(new Parameter(_layer, "value", ParameterKind.Constant, type.Shape, Initialization.Constant(value), Trainable: false) { Values = values });
        var constant = new Value(_layer, type, null);
        _constants[constant] = parameter;
        return constant;
    }

    /// <summary>A function of the elements of several values of one shape and of constants: what it makes of the first two goes on with the next.</summary>
    public Value Join(JoinKind kind, IReadOnlyList<Value> inputs)
    {
        // A constant of the whole shape stands in the logical order.
        var first = inputs.First(input => !_constants.ContainsKey(input));
        var isLogical = first.Type.Rank > 1 && inputs.Any(input => _constants.ContainsKey(input) && input.Type.Length == first.Type.Length && input.Type.Length > 1);
        var ordered = new Queue<Value>(Ordered([.. inputs.Where(input => !_constants.ContainsKey(input))], isLogical ? LayoutUse.ChannelsFirst : LayoutUse.Any));
        return inputs.Select(input => _constants.ContainsKey(input) ? input : ordered.Dequeue()).Aggregate((left, right) => Join(kind, left, right));
    }

    private Value Join(JoinKind kind, Value left, Value right)
    {
        var (function, verb) = ElementFunctions.Joins[kind];
        if (_constants.TryGetValue(right, out var constant))
            return Add(new Elementwise(_layer, function, [left], [LaneOf(constant, left)], verb));
        if (_constants.TryGetValue(left, out constant))
            return Add(new Elementwise(_layer, function.Renumbered(operand => 1 - operand), [right], [LaneOf(constant, right)], verb));
        return Add(new Elementwise(_layer, function, [left, right], verb: verb));
    }

    private static LaneOperand LaneOf(Parameter constant, Value value) =>
        new(constant) { IsFull = value.Type.Rank > 1 && constant.Count == value.Type.Length && constant.Count > 1 };

    /// <summary>The value of so many steps before.</summary>
    public Value Delay(Value input, int steps) => Add(new Delay(_layer, input, steps));

    public Value Concat(IReadOnlyList<Value> inputs, int axis) => Add(new Concatenation(_layer, inputs, axis));

    /// <summary>Adds a parameter of no layer, such as the centres of a loss.</summary>
    public Parameter Add(Parameter parameter)
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
