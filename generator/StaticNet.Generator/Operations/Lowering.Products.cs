using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <content>Products with weights, and windows.</content>
internal sealed partial class Lowering
{
    /// <summary>y = x·Wᵀ + b over the last axis.</summary>
    public LogicalValue Contract(LogicalValue input, Parameter weight, Parameter? bias, Unrolling unrolling)
    {
        var layer = _layer;
        return Add([input], input.Type.WithLast(weight.Outputs), LayoutUse.Flattened, (layout, inputs) =>
        {
            var (rows, channels) = layout.Flattened(inputs[0]);
            weight.Interleave = channels;
            return layout.Add(new Contraction(layer, rows, weight, bias, unrolling, layout.Rounded(weight)));
        });
    }

    public LogicalValue Convolve(
        LogicalValue input, Parameter weight, Parameter? bias, IReadOnlyList<WindowedAxis> windows, Unrolling unrolling, ConvolutionAlgorithm algorithm = ConvolutionAlgorithm.Auto) =>
        Add(new Convolution(_layer, input, weight, bias, windows) { Unrolling = unrolling, Algorithm = algorithm });

    /// <summary>A convolution along the steps of a sequence that takes none to come, and functions of its elements.</summary>
    /// <param name="input">The sequence, [channels] at each step.</param>
    /// <param name="weight">[filters, channels, taps].</param>
    /// <param name="bias">[filters], or null.</param>
    /// <param name="window">The taps of a step, the last of which is in the last of as many steps as the stride.</param>
    /// <param name="unrolling">Whether the code for one step is straight-line.</param>
    /// <param name="activate">Writes the functions.</param>
    public LogicalValue ConvolveCausally(LogicalValue input, Parameter weight, Parameter? bias, AxisWindow window, Unrolling unrolling, Func<LogicalValue, LogicalValue> activate)
    {
        var (layer, steps, before) = (_layer, _steps, (int)window.Span - window.Stride);
        var axis = new WindowedAxis(steps * window.Stride, steps, window.Kernel, window.Stride, window.Dilation, before, before);
        var sums = ByChannel(AlongSteps(input, axis.Input), TensorType.Of(weight.Outputs, steps), (_, value) => new WindowSum(layer, value, weight, bias, [axis]));
        return window.Stride == 1
            ? ByChannel(activate(sums), TensorType.Of(weight.Outputs), (_, value) => new CausalConvolution(layer, value, steps, unrolling))
            : AsSteps(activate(sums), window);
    }

    /// <summary>The transpose of such a convolution: each step adds to as many of the result as the stride, and to those after them that its taps reach.</summary>
    /// <param name="input">The sequence, [channels] at each step.</param>
    /// <param name="weight">[channels, filters, taps].</param>
    /// <param name="bias">[filters], or null.</param>
    /// <param name="window">The taps.</param>
    /// <param name="activate">Writes the functions.</param>
    public LogicalValue ConvolveTransposedCausally(LogicalValue input, Parameter weight, Parameter? bias, AxisWindow window, Func<LogicalValue, LogicalValue> activate)
    {
        var (layer, steps) = (_layer, _steps);
        var axis = new WindowedAxis(steps, steps / window.Stride, window.Kernel, window.Stride, window.Dilation, 0, (int)window.Span - window.Stride);
        return AsSteps(activate(ByChannel(AlongSteps(input, axis.Output), TensorType.Of(weight.Outputs, steps), (_, value) => new WindowSum(layer, value, weight, bias, [axis], gathers: true))), window);
    }

    /// <summary>The maximum or the mean of the last steps, of which those before the first are zero.</summary>
    public LogicalValue PoolCausally(LogicalValue input, PoolingKind function, AxisWindow window)
    {
        var (layer, steps, before) = (_layer, _steps, window.Kernel - window.Stride);
        var axis = new WindowedAxis((steps * window.Stride) + before, steps, window.Kernel, window.Stride, 1, 0, 0);
        var framed = Frame(AlongSteps(input, steps * window.Stride), TensorType.Of(input.Type.Channels, axis.Input), [0, before], "Frame");
        return AsSteps(ByChannel(framed, TensorType.Of(input.Type.Channels, steps), (_, value) => new Pooling(layer, value, function, [axis], countsPadding: true)), window);
    }

    /// <summary>A sequence with its steps as an axis.</summary>
    private LogicalValue AlongSteps(LogicalValue input, int steps)
    {
        var (layer, type) = (_layer, TensorType.Of(input.Type.Channels, steps));
        return Add([input], type, LayoutUse.ChannelsFirst, (layout, inputs) => layout.Add(new SequenceView(layer, inputs[0], type.ChannelsLast, 1)));
    }

    /// <summary>The results of windows along an axis of steps as steps again.</summary>
    private LogicalValue AsSteps(LogicalValue results, AxisWindow window)
    {
        var (layer, steps, parts) = (_layer, _steps, _parts);
        return ByChannel(results, TensorType.Of(results.Type.Channels), (_, value) => new StridedWindows(layer, value, window, steps, parts));
    }

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
        scale.Output.Name = direction.CodeName + ".scale";
        Add([], scale.Output.Type, LayoutUse.Own, (layout, _) => layout.Add(scale));
        var product = apply(direction, null);
        var shift = bias();
        return Each(product, value => new WeightNormalization(layer, value, scale, shift));
    }

    /// <summary>The direction of a weight that is normalised, filter by filter, and what the products with it are multiplied by.</summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="shape">The weight's shape.</param>
    /// <param name="initialization">What it begins with.</param>
    /// <param name="trainable">Whether it trains.</param>
    /// <param name="gates">The gates of a recurrent layer that it serves.</param>
    public (Parameter Direction, WeightNormScale Scale) Normalize(string name, int[] shape, Initialization initialization, bool trainable, int gates)
    {
        var direction = Parameter(name + "_v", ParameterKind.Direction, shape, initialization, trainable, gates: gates);
        int[] ones = [shape[0], .. Enumerable.Repeat(1, shape.Length - 1)];
        var magnitude = Parameter(name + "_g", ParameterKind.Magnitude, ones, Initialization.Constant(1), trainable, gates: gates);
        var scale = new WeightNormScale(_layer, direction, magnitude);
        scale.Output.Name = direction.CodeName + ".scale";
        Add([], scale.Output.Type, LayoutUse.Own, (layout, _) => layout.Add(scale));
        return (direction, scale);
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
}
