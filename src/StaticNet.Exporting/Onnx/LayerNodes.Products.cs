using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <content>Products with weights.</content>
internal sealed partial class LayerNodes
{
    /// <summary>x·Wᵀ + b over the last axis.</summary>
    private NodeValue Contract(NodeValue input, TensorType type, bool hasBias, bool isNormalised = false)
    {
        var weight = isNormalised ? NormalisedWeight() : Weight("weight");
        if (input is { HasStepAxis: false, Type.Rank: 1 })
            return Plain(input, type, "Gemm", hasBias ? [input.Name, weight, Weight("bias")] : [input.Name, weight], ("transB", 1));
        var product = model.Node("MatMul", hasBias ? $"{_layer.Name}.product" : _layer.Name, [input.Name, model.Node("Transpose", $"{_layer.Name}.transposed", [weight], ("perm", Axes(1, 0)))]);
        return input with { Name = hasBias ? model.Node("Add", _layer.Name, [product, Weight("bias")]) : product, Type = type };
    }

    /// <summary>g · v / ‖v‖, filter by filter: what a layer with weight normalisation multiplies by.</summary>
    private string NormalisedWeight()
    {
        var direction = weights[$"{_layer.Name}.weight_v"];
        var magnitude = Values("weight_g");
        var (weight, length) = (direction.Values.ToArray(), direction.Values.Length / direction.Shape[0]);
        for (var filter = 0; filter < direction.Shape[0]; filter++)
        {
            var row = weight.AsSpan(filter * length, length);
            var norm = Math.Sqrt(row.ToArray().Sum(value => (double)value * value));
            foreach (ref var value in row)
                value = (float)(magnitude[filter] * value / norm);
        }

        return model.Floats($"{_layer.Name}.weight", direction.Shape, weight);
    }

    private NodeValue Convolve(NodeValue input, TensorType type, string weight, bool hasBias, IReadOnlyList<WindowedAxis> windows, int groups, bool isNormalised = false)
    {
        var name = isNormalised ? NormalisedWeight() : Weight(weight);
        return Plain(
            input, type, "Conv", hasBias ? [input.Name, name, Weight("bias")] : [input.Name, name],
            ("kernel_shape", windows.Select(window => window.Kernel)), ("strides", windows.Select(window => window.Stride)), ("dilations", windows.Select(window => window.Dilation)),
            ("pads", PadsOf(windows)), ("group", groups));
    }

    private NodeValue Separable(NodeValue input, SeparableLayer layer)
    {
        var windows = _layer.Shape.Windows;
        var deep = Convolve(input, TensorType.Of([input.Type.Channels * layer.Multiplier, .. _layer.Output.Pixels]), "depthwiseWeight", hasBias: false, windows, input.Type.Channels);
        return Convolve(deep, _layer.Output, "pointwiseWeight", layer.Bias, [.. windows.Select(window => WindowedAxis.Each(window.Output))], groups: 1);
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
    private NodeValue ConvolveCausally(NodeValue input, CausalConvolutionLayer layer)
    {
        var channelsFirst = model.Node("Transpose", $"{_layer.Name}.channels", [input.Name], ("perm", Axes(0, 2, 1)));
        var sums = model.Node(
            "Conv", $"{_layer.Name}.sums", layer.Bias ? [channelsFirst, Weight("weight"), Weight("bias")] : [channelsFirst, Weight("weight")],
            ("kernel_shape", Axes(layer.Taps)), ("dilations", Axes(layer.Dilation)), ("pads", Axes((layer.Taps - 1) * layer.Dilation, 0)), ("group", layer.Groups));
        return Plain(input, _layer.Output, "Transpose", [sums], ("perm", Axes(0, 2, 1)));
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
