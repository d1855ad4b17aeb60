using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <content>Products with weights.</content>
internal sealed partial class LayerNodes
{
    /// <summary>x·Wᵀ + b over the last axis.</summary>
    private NodeValue Contract(NodeValue input, TensorType type, bool hasBias, bool isNormalised = false)
    {
        var weight = LearnedWeight(isNormalised);
        if (input is { HasStepAxis: false, Type.Rank: 1 })
            return Plain(input, type, "Gemm", hasBias ? [input.Name, weight, Weight("bias")] : [input.Name, weight], ("transB", 1));
        var product = model.Node("MatMul", hasBias ? $"{_layer.Name}.product" : _layer.Name, [input.Name, model.Node("Transpose", $"{_layer.Name}.transposed", [weight], ("perm", Axes(1, 0)))]);
        return input with { Name = hasBias ? model.Node("Add", _layer.Name, [product, Weight("bias")]) : product, Type = type };
    }

    /// <summary>
    /// What a layer multiplies by: its weight, or g · v / ‖v‖, filter by filter, with weight normalisation. Where a table does not connect a
    /// channel with a filter there are zeros, whatever the weights have there.
    /// </summary>
    private string LearnedWeight(bool isNormalised, EquatableArray<string> table = default)
    {
        if (!isNormalised && table.Count == 0)
            return Weight("weight");
        var source = weights[$"{_layer.Name}.{(isNormalised ? "weight_v" : "weight")}"];
        var (values, filters) = (source.Values.ToArray(), source.Shape[0]);
        var length = values.Length / filters;
        for (var filter = 0; filter < filters; filter++)
        {
            var row = values.AsSpan(filter * length, length);
            Disconnect(row, filter, filters, new Connections(1, table));
            if (isNormalised)
                Normalise(row, Values("weight_g")[filter]);
        }

        return model.Floats($"{_layer.Name}.weight", source.Shape, values);
    }

    private static void Disconnect(Span<float> row, int filter, int filters, Connections connections)
    {
        var channels = connections.Table.Count;
        for (var channel = 0; channel < channels; channel++)
        {
            if (!connections.Contains(channel, filter, channels, filters))
                row.Slice(channel * (row.Length / channels), row.Length / channels).Clear();
        }
    }

    /// <summary>Gives a row a length; one of zeros has no direction and stays as it is.</summary>
    private static void Normalise(Span<float> row, float magnitude)
    {
        var squares = 0d;
        foreach (var value in row)
            squares += (double)value * value;
        if (squares == 0)
            return;
        foreach (ref var value in row)
            value = (float)(magnitude * value / Math.Sqrt(squares));
    }

    private NodeValue Convolve(NodeValue input, TensorType type, string weight, bool hasBias, IReadOnlyList<WindowedAxis> windows, int groups) => Plain(
        input, type, "Conv", hasBias ? [input.Name, weight, Weight("bias")] : [input.Name, weight],
        ("kernel_shape", windows.Select(window => window.Kernel)), ("strides", windows.Select(window => window.Stride)), ("dilations", windows.Select(window => window.Dilation)),
        ("pads", PadsOf(windows)), ("group", groups));

    private NodeValue Separable(NodeValue input, SeparableLayer layer)
    {
        var windows = _layer.Shape.Windows;
        var deep = Convolve(input, TensorType.Of([input.Type.Channels * layer.Multiplier, .. _layer.Output.Pixels]), Weight("depthwiseWeight"), hasBias: false, windows, input.Type.Channels);
        return Convolve(deep, _layer.Output, Weight("pointwiseWeight"), layer.Bias, [.. windows.Select(window => WindowedAxis.Each(window.Output))], groups: 1);
    }

    private NodeValue ConvolveTransposed(NodeValue input, TransposedConvolutionLayer layer)
    {
        // Windows are those of the convolution that this one is the transpose of: its input is the output here.
        var windows = _layer.Shape.Windows;
        return Plain(
            input, _layer.Output, "ConvTranspose", layer.Bias ? [input.Name, Weight("weight"), Weight("bias")] : [input.Name, Weight("weight")],
            ("kernel_shape", windows.Select(window => window.Kernel)), ("strides", windows.Select(window => window.Stride)), ("dilations", windows.Select(window => window.Dilation)),
            ("pads", PadsOf(windows)), ("output_padding", layer.OutputPadding), ("group", layer.Groups));
    }

    /// <summary>A convolution along the steps, whose padding is all before the first one.</summary>
    private NodeValue ConvolveCausally(NodeValue input, CausalConvolutionLayer layer) =>
        AlongSteps(input, "Conv", layer.Window, layer.Window.Span - layer.Window.Stride, 0, layer.Bias, layer.Groups);

    /// <summary>Its transpose, of which what comes after the last step is left out.</summary>
    private NodeValue ConvolveTransposedCausally(NodeValue input, CausalTransposedConvolutionLayer layer) =>
        AlongSteps(input, "ConvTranspose", layer.Window, 0, layer.Window.Span - layer.Window.Stride, layer.Bias, layer.Groups);

    private NodeValue AlongSteps(NodeValue input, string operation, AxisWindow window, long before, long after, bool hasBias, int groups)
    {
        var channelsFirst = model.Node("Transpose", $"{_layer.Name}.channels", [input.Name], ("perm", Axes(0, 2, 1)));
        var sums = model.Node(
            operation, $"{_layer.Name}.sums", hasBias ? [channelsFirst, Weight("weight"), Weight("bias")] : [channelsFirst, Weight("weight")],
            ("kernel_shape", Axes(window.Kernel)), ("strides", Axes(window.Stride)), ("dilations", Axes(window.Dilation)), ("pads", Axes((int)before, (int)after)), ("group", groups));
        return Plain(input, _layer.Output, "Transpose", [sums], ("perm", Axes(0, 2, 1))) with { Steps = _layer.Steps };
    }

    /// <summary>The largest of the pieces of each unit; all units of a piece are next to each other.</summary>
    private NodeValue LargestPiece(NodeValue sums, int pieces, TensorType type)
    {
        var folded = Folded(sums);
        var pieced = Reshape(folded.Name, [-1, .. type.Shape.Take(type.Rank - 1), pieces, type.Last]);
        return Plain(folded, type, "ReduceMax", [pieced], ("axes", Axes(type.Rank)), ("keepdims", 0));
    }

    private NodeValue Multiply(NodeValue first, NodeValue second, MatMulLayer layer)
    {
        var rank = second.Type.Rank;
        var right = layer.TransposesSecond
            ? model.Node("Transpose", $"{_layer.Name}.transposed", [second.Name], ("perm", Enumerable.Range(0, rank - 1).Append(rank).Append(rank - 1)))
            : second.Name;
        return Plain(first, _layer.Output, "MatMul", first.Name, right);
    }

    /// <summary>The padding at the start of each axis, then that at the end of each.</summary>
    private static int[] PadsOf(IReadOnlyList<WindowedAxis> windows) => [.. windows.Select(window => window.Before), .. windows.Select(window => window.Padding - window.Before)];
}
