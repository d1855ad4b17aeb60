using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Collects the logical operations and the parameters of a network while its layers are written as such.</summary>
internal sealed class Lowering
{
    private readonly List<LogicalOperation> _operations = [];
    private readonly List<Parameter> _parameters = [];
    private string _layer = "";
    private bool _trainable;
    private int _streams;

    public IReadOnlyList<LogicalOperation> Operations => _operations;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Begins a layer, to which everything belongs that is added from now on.</summary>
    /// <param name="layer">Its full name.</param>
    /// <param name="trainable">Whether no block around it is frozen.</param>
    public void Begin(string layer, bool trainable)
    {
        _layer = layer;
        _trainable = trainable;
    }

    public Parameter Parameter(string name, ParameterKind role, int[] shape, Initialization initialization, bool trainable, int channels = 0, bool isTransposed = false, Connections connections = default) =>
        Add(new Parameter(_layer, name, role, shape.ToEquatableArray(), initialization, trainable && _trainable, channels, isTransposed, connections));

    /// <summary>Adds a parameter of no layer, such as the centres of a loss.</summary>
    public Parameter Add(Parameter parameter)
    {
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>y = x·Wᵀ + b over the last axis.</summary>
    public LogicalValue Contract(LogicalValue input, Parameter weight, Parameter? bias, Unrolling unrolling)
    {
        var layer = _layer;
        return Add([input], input.Type.WithLast(weight.Shape[0]), LayoutUse.Flattened, (layout, inputs) =>
        {
            var (rows, channels) = layout.Flattened(inputs[0]);
            weight.Interleave = channels;
            return layout.Add(new Contraction(layer, rows, weight, bias, unrolling, layout.Rounded(weight)));
        });
    }

    public LogicalValue Convolve(
        LogicalValue input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows, Unrolling unrolling, ConvolutionAlgorithm algorithm = ConvolutionAlgorithm.Auto) =>
        Add(new Convolution(_layer, input, weight, bias, windows) { Unrolling = unrolling, Algorithm = algorithm });

    public LogicalValue ConvolveTransposed(LogicalValue input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows) =>
        ByChannel(input, TensorType.Of([weight.Outputs, .. windows.Select(window => window.Input)]), (layer, value) => new WindowSum(layer, value, weight, bias, windows, gathers: true));

    /// <summary>Each channel several times in a row.</summary>
    public LogicalValue RepeatChannels(LogicalValue input, int times) =>
        times == 1 ? input : ByChannel(input, input.Type.WithAxis(0, input.Type.Channels * times), (layer, value) => new ChannelRepetition(layer, value, times));

    public LogicalValue ConvolveDepthwise(LogicalValue input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows) =>
        ByChannel(input, TensorType.Of([weight.Outputs, .. windows.Select(window => window.Output)]), (layer, value) => new WindowSum(layer, value, weight, bias, windows, isDepthwise: true));

    /// <summary>
    /// A layer's product with its weight, plus its bias: as it is, or, with weight normalisation, with magnitude and direction
    /// in place of the weight.
    /// </summary>
    /// <param name="isNormalised">Whether the weight is normalised.</param>
    /// <param name="weight">Makes the weight: its name and its role.</param>
    /// <param name="bias">Makes the bias, or null.</param>
    /// <param name="apply">Multiplies by the weight and adds the bias.</param>
    public LogicalValue Weigh(bool isNormalised, Func<string, ParameterKind, Parameter> weight, Func<Parameter?> bias, Func<Parameter, Parameter?, LogicalValue> apply)
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
        scale.Output.Name = direction.FullName + ".scale";
        Add([], scale.Output.Type, LayoutUse.Own, (layout, _) => layout.Add(scale));
        var product = apply(direction, null);
        var shift = bias();
        return Each(product, value => new WeightNormalization(layer, value, scale, shift));
    }

    /// <summary>Normalises by the batch's moments; a frozen norm by the running ones, which it leaves as they are.</summary>
    public LogicalValue BatchNormalize(LogicalValue input, BatchNormParameters norm, bool trainable)
    {
        var (layer, isFrozen) = (_layer, !trainable || !_trainable);
        return Add([input], input.Type, LayoutUse.ChannelsLast, (layout, inputs) =>
        {
            var value = inputs[0];
            var pixels = value.Type.Length / value.Type.Channels;
            var ofSamples = isFrozen ? null : pixels == 1 ? value : layout.Add(new SampleMoments(layer, value));
            var moments = new BatchMoments(layer, ofSamples, value.Type.Channels, pixels, norm);
            layout.Add(moments);
            return layout.Add(new BatchNormalization(layer, value, moments));
        });
    }

    /// <summary>Normalises over the last axes, together, by their own moments.</summary>
    /// <param name="input">What is normalised.</param>
    /// <param name="axes">How many axes.</param>
    /// <param name="norm">How.</param>
    public LogicalValue LayerNormalize(LogicalValue input, int axes, LayerNormRule norm)
    {
        var (layer, type) = (_layer, input.Type);
        return Add([input], type, LayoutUse.Own, (layout, inputs) =>
        {
            // A sample with its channels last is normalised as it stands, its weights as panels of channels likewise.
            var isWhole = axes == type.Rank && inputs[0].Type.IsChannelsLast;
            foreach (var parameter in isWhole ? norm.Parameters : [])
                parameter.IsPacked = true;
            if (isWhole)
                return Normalized(inputs[0], norm with { Rows = inputs[0].Type.Rows });

            // All others are rows.
            var rest = type.Rank - axes;
            var rows = TensorType.Of([.. type.Shape.Take(rest), type.Shape.Skip(rest).Aggregate(1, (product, size) => product * size)]);
            return layout.Reshape(Normalized(layout.Reshape(inputs[0], rows), norm), type);

            Value Normalized(Value value, LayerNormRule rule) =>
                layout.Add(new LayerNormalization(layer, value, layout.Add(new LayerMoments(layer, value, rule)), rule));
        });
    }

    /// <summary>Normalises each sample's groups of channels by their own moments.</summary>
    public LogicalValue GroupNormalize(LogicalValue input, GroupNormRule norm)
    {
        var layer = _layer;
        return Add([input], input.Type, LayoutUse.ChannelsLast, (layout, inputs) =>
            layout.Add(new GroupNormalization(layer, inputs[0], layout.Add(new GroupMoments(layer, inputs[0], norm)), norm)));
    }

    /// <summary>x / (k + α·Σ x²)^β, the sum over the channels around each one.</summary>
    public LogicalValue LocalResponse(LogicalValue input, int size, float alpha, float beta, float k)
    {
        var layer = _layer;
        return Add([input], input.Type, LayoutUse.ChannelsLast, (layout, inputs) =>
        {
            var sums = layout.Add(new ChannelSum(layer, inputs[0], size / 2, (size - 1) / 2, ofSquares: true));
            return layout.Add(new Elementwise(layer, StaticNet.Generator.Operations.LocalResponse.Function(alpha, beta, k), [inputs[0], sums], verb: "LocalResponse"));
        });
    }

    public LogicalValue Pool(LogicalValue input, PoolingKind function, IReadOnlyList<WindowedAxis> windows, bool countsPadding)
    {
        var (layer, type) = (_layer, TensorType.Of([input.Type.Channels, .. windows.Select(window => window.Output)]));
        var overPlanes = PlaneRules.Pools(windows);
        return Add(new PlainOperation(layer, [input], type, LayoutUse.Own, (layout, inputs) =>
        {
            var staysInPlanes = overPlanes && inputs[0].Type.IsInPlanes && PlaneRules.FillsLanes(inputs[0].Type);
            return layout.Add(new Pooling(layer, staysInPlanes ? inputs[0] : layout.ChannelsLast(inputs[0]), function, windows, countsPadding));
        })
        {
            Planes = overPlanes ? PlaneUse.Takes : PlaneUse.None,
        });
    }

    public LogicalValue Upsample(LogicalValue input, int[] scales, bool interpolates, bool alignsCorners) =>
        scales.All(scale => scale == 1) ? input : ByChannel(
            input, TensorType.Of([input.Type.Channels, .. input.Type.Pixels.Select((size, axis) => size * scales[axis])]),
            (layer, value) => new Upsampling(layer, value, scales, interpolates, alignsCorners));

    /// <summary>x·a + b with a coefficient and a bias a channel.</summary>
    public LogicalValue ScaleAndShift(LogicalValue input, Parameter coefficient, Parameter bias)
    {
        var layer = _layer;
        return Each(input, value => new ScaleAndShift(layer, value, coefficient, bias));
    }

    public LogicalValue Activate(LogicalValue input, Activation kind, float alpha) => Apply(input, ActivationFunctions.Of(kind, alpha), kind);

    /// <summary>A function of each element.</summary>
    public LogicalValue Apply(LogicalValue input, ElementFunction function, Activation? activation = null)
    {
        var layer = _layer;
        return Add(new PlainOperation(layer, [input], input.Type, LayoutUse.Any, (layout, inputs) =>
            layout.Add(new Elementwise(layer, function, [inputs[0]]) { Activation = activation }))
        {
            Planes = PlaneUse.PassesOn,
        });
    }

    public LogicalValue PReLU(LogicalValue input, Parameter slope)
    {
        var layer = _layer;
        return Each(input, value => new PReLU(layer, value, slope));
    }

    public LogicalValue Softmax(LogicalValue input, bool logarithm)
    {
        var layer = _layer;
        return Add([input], input.Type, LayoutUse.ChannelsFirst, (layout, inputs) => layout.Add(new Softmax(layer, inputs[0], logarithm)));
    }

    public LogicalValue MaxOfPieces(LogicalValue input, int pieces)
    {
        var layer = _layer;
        return Add([input], input.Type.WithLast(input.Type.Last / pieces), LayoutUse.ChannelsFirst, (layout, inputs) => layout.Add(new MaxOfPieces(layer, inputs[0], pieces)));
    }

    /// <summary>All axes as one, in the logical order.</summary>
    public LogicalValue Flatten(LogicalValue input) => Add([input], TensorType.Of(input.Type.Length), LayoutUse.Own, (layout, inputs) => layout.Flatten(inputs[0]));

    /// <summary>The elements in logical order under another shape.</summary>
    public LogicalValue Reshape(LogicalValue input, TensorType type) => Add(
        new PlainOperation(_layer, [input], type, LayoutUse.Own, (layout, inputs) => layout.Reshape(inputs[0], type)) { Planes = PlaneUse.Takes });

    public LogicalValue Dropout(LogicalValue input, double rate, bool isSpatial)
    {
        var (layer, stream) = (_layer, _streams++);
        return Each(input, value => new Dropout(layer, value, rate, isSpatial, stream));
    }

    public LogicalValue Noise(LogicalValue input, float deviation)
    {
        var (layer, stream) = (_layer, _streams++);
        return Each(input, value => new Noise(layer, value, deviation, stream));
    }

    /// <summary>A value in a frame of another size.</summary>
    /// <param name="input">The value.</param>
    /// <param name="type">The frame's type.</param>
    /// <param name="before">For each axis, what stands before the value; negative: what of it is left out there.</param>
    /// <param name="verb">The end of the method's name.</param>
    public LogicalValue Frame(LogicalValue input, TensorType type, int[] before, string verb)
    {
        if (input.Type.Shape.Equals(type.Shape))
            return input;
        var layer = _layer;
        return Add([input], type, LayoutUse.Any, (layout, inputs) =>
        {
            var order = inputs[0].Type;
            var moved = new int[before.Length];
            for (var axis = 0; axis < before.Length; axis++)
                moved[order.InMemory(axis)] = before[axis];
            return layout.Add(new Frame(layer, inputs[0], order.IsChannelsLast ? type.ChannelsLast : type, moved, verb));
        });
    }

    /// <summary>The axes of a value in another order: axis i is axis <c>axes[i]</c> of the input.</summary>
    public LogicalValue Permute(LogicalValue input, int[] axes)
    {
        if (axes.SequenceEqual(Enumerable.Range(0, axes.Length)))
            return input;
        var (layer, type) = (_layer, TensorType.Of(axes.Select(axis => input.Type.Shape[axis]).ToArray()));
        return Add([input], type, LayoutUse.Any, (layout, inputs) =>
        {
            var moved = axes.Select(inputs[0].Type.InMemory).ToArray();
            // Axes of one element do not count: without them the order may be the same.
            var counting = moved.Where(axis => inputs[0].Type.Shape[axis] > 1).ToArray();
            return counting.SequenceEqual(counting.OrderBy(axis => axis))
                ? layout.Add(new Rearrangement(layer, inputs[0], type))
                : layout.Add(new Permutation(layer, inputs[0], type, moved));
        });
    }

    /// <summary>The mean over some axes.</summary>
    /// <param name="input">What is averaged.</param>
    /// <param name="type">The type of what remains.</param>
    /// <param name="axes">The axes that vanish.</param>
    public LogicalValue Mean(LogicalValue input, TensorType type, int[] axes)
    {
        var layer = _layer;
        return Add([input], type, LayoutUse.Any, (layout, inputs) =>
        {
            var order = inputs[0].Type;
            // The axes that remain keep their order in memory, which is channels last where the channel is among them.
            var keepsChannel = order.IsChannelsLast && !axes.Contains(0) && type.Rank > 1;
            return layout.Add(new Mean(layer, inputs[0], keepsChannel ? type.ChannelsLast : type, axes.Select(order.InMemory).ToArray()));
        });
    }

    /// <summary>A fixed tensor: what only joins take.</summary>
    public LogicalValue Constant(TensorType type, float value, EquatableArray<float> values) => new(type)
    {
        Constant = Add(new Parameter(_layer, "value", ParameterKind.Constant, type.Shape, Initialization.Constant(value), trainable: false) { Values = values }),
    };

    /// <summary>A function of the elements of several values of one shape and of constants: what it makes of the first two goes on with the next.</summary>
    public LogicalValue Join(JoinKind kind, IReadOnlyList<LogicalValue> inputs)
    {
        var (layer, (function, verb)) = (_layer, ElementFunctions.Joins[kind]);
        var type = inputs.First(input => input.Constant is null).Type;
        // A constant of the whole shape stands in the logical order.
        var isLogical = type.Rank > 1 && inputs.Any(input => input.Constant is not null && input.Type.Length == type.Length && input.Type.Length > 1);
        return Add(new PlainOperation(layer, inputs, type, isLogical ? LayoutUse.ChannelsFirst : LayoutUse.Any, (layout, values) =>
        {
            var next = 0;
            var operands = inputs.Select(input => (Value: input.Constant is null ? values[next++] : null, input.Constant)).ToArray();
            return operands.Skip(1).Aggregate(operands[0], (left, right) => (layout.Add(Joined(left, right)), null)).Value!;
        })
        {
            Planes = PlaneUse.None,
        });

        Elementwise Joined((Value? Value, Parameter? Constant) left, (Value? Value, Parameter? Constant) right) => (left, right) switch
        {
            ({ Value: { } value }, { Constant: { } constant }) => new Elementwise(layer, function, [value], [LaneOf(constant, value)], verb),
            ({ Constant: { } constant }, { Value: { } value }) => new Elementwise(layer, function.Renumbered(operand => 1 - operand), [value], [LaneOf(constant, value)], verb),
            _ => new Elementwise(layer, function, [left.Value!, right.Value!], verb: verb),
        };
    }

    /// <summary>The value of so many steps before.</summary>
    public LogicalValue Delay(LogicalValue input, int steps)
    {
        var layer = _layer;
        return Each(input, value => new Delay(layer, value, steps));
    }

    public LogicalValue Concat(IReadOnlyList<LogicalValue> inputs, int axis)
    {
        var layer = _layer;
        return Add(inputs, inputs[0].Type.WithAxis(axis, inputs.Sum(input => input.Type.Shape[axis])), LayoutUse.Any, (layout, values) =>
            layout.Add(new Concatenation(layer, values, values[0].Type.InMemory(axis))));
    }

    private static LaneOperand LaneOf(Parameter constant, Value value) =>
        new(constant) { IsFull = value.Type.Rank > 1 && constant.Count == value.Type.Length && constant.Count > 1 };

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
