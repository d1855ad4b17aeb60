using StaticNet.Importing;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Resizing: upsampling by whole factors, and otherwise a fixed matrix along each axis.</summary>
internal sealed partial class ModelMapper
{
    private void AddResizing()
    {
        Add("Resize", Resize);
        Add("Upsample", (node, inputs) => Resized(
            inputs[0]!, Scales(node, inputs[0]!, node.Singles("scales") ?? Constant(inputs, 1, "scales").AsFloats()), new ResizeRule(node) { IsUpsample = true }, null));
    }

    private Value Resize(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var rank = value.Shape.Length;
        int[] axes = node.Integers("axes") is { Length: > 0 } given ? [.. given.Select(axis => Indexing.Axis(axis, rank))] : [.. Enumerable.Range(0, rank)];
        var scales = Optional(inputs, node.Opset == 10 ? 1 : 2, "scales") is { Length: > 0 } factors ? factors.AsFloats() : null;
        var sizes = node.Opset == 10 ? null : Optional(inputs, 3, "sizes") is { Length: > 0 } list ? list.AsIntegers() : null;
        var rule = new ResizeRule(node);
        var all = value.Shape.Select(size => (Scale: 1d, Size: size)).ToArray();
        if (sizes is not null)
        {
            var ratios = axes.Select((axis, index) => (double)sizes[index] / value.Shape[axis]).ToArray();
            var policy = node.Text("keep_aspect_ratio_policy", "stretch");
            var common = policy == "not_larger" ? ratios.Min() : ratios.Max();
            for (var index = 0; index < axes.Length; index++)
                all[axes[index]] = policy == "stretch" ? (ratios[index], checked((int)sizes[index])) : (common, (int)Math.Round(common * value.Shape[axes[index]], MidpointRounding.AwayFromZero));
        }
        else if (scales is not null)
        {
            for (var index = 0; index < axes.Length; index++)
                all[axes[index]] = (scales[index], (int)Math.Floor((float)value.Shape[axes[index]] * scales[index]));
        }
        else
        {
            throw new ModelFaultException("it has neither scales nor sizes");
        }

        var regions = Optional(inputs, 1, "region") is { Length: > 0 } roi && node.Opset > 10 ? roi.AsFloats() : null;
        (double Start, double End)[] region = [.. value.Shape.Select(_ => (0d, 1d))];
        for (var index = 0; regions is not null && rule.IsCrop && index < axes.Length; index++)
            region[axes[index]] = (regions[index], regions[index + axes.Length]);
        return Resized(value, all, rule, region);
    }

    private static (double Scale, int Size)[] Scales(GraphNode node, Value value, float[] scales) => scales.Length == value.Shape.Length
        ? [.. value.Shape.Select((size, axis) => ((double)scales[axis], (int)Math.Floor(size * scales[axis])))]
        : throw new ModelFaultException($"it has {scales.Length} scales for {Indexing.Text(value.Shape)}", $"Check the node with onnx.checker ({node.Operator})");

    private Value Resized(Value value, (double Scale, int Size)[] axes, ResizeRule rule, (double Start, double End)[]? region)
    {
        int[] shape = [.. value.Shape];
        if (axes.Any(axis => axis.Size is < 1 or > 1 << 16))
            throw new ModelFaultException("an axis of its output has no elements, or too many");
        if (Upsampled(value, axes, rule) is { } upsampled)
            return upsampled;
        var layer = Layer(value);
        var outside = new List<(int Axis, bool[] IsOutside)>();
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var (scale, size) = axes[axis];
            var bounds = region?[axis] ?? (0, 1);
            if (size == shape[axis] && scale == 1 && !rule.IsCrop)
                continue;
            var matrix = rule.Matrix(shape[axis], size, scale, bounds, out var isOutside);
            if (isOutside.Contains(true))
                outside.Add((axis, isOutside));
            layer = Linear(layer, Indexing.Length(shape[..axis]), shape[axis], Indexing.Length(shape[(axis + 1)..]), matrix, size);
            shape[axis] = size;
        }

        var result = Value.Of(layer, shape);
        return outside.Count == 0 ? result : Extrapolated(result, outside, rule.Extrapolation);
    }

    /// <summary>The layer that does the same for whole factors over the last one or two axes.</summary>
    private Value? Upsampled(Value value, (double Scale, int Size)[] axes, ResizeRule rule)
    {
        var spatial = value.Shape.Length - 2;
        if (spatial is not (1 or 2) || axes[0].Scale != 1 || axes[1].Scale != 1 || axes.Any(axis => axis.Scale < 1 || axis.Scale != Math.Floor(axis.Scale)) || rule.UpsamplingMode is not { } mode)
            return null;
        int[] scales = [.. axes[2..].Select(axis => (int)axis.Scale)];
        var image = Image(value, spatial);
        int[] shape = [image.Shape[0], .. axes[2..].Select(axis => axis.Size)];
        var attribute = spatial == 1 ? new AttributeDeclaration("Upsampling1D", scales[0]) : new AttributeDeclaration("Upsampling2D", scales[0]).With("ScaleWidth", scales[1], scales[0]);
        attribute = attribute.With("Mode", mode, Interpolation.Nearest).With("AlignCorners", rule.AlignsCorners && mode == Interpolation.Bilinear, false);
        return Value.Of(LayerBuilder.Layer(attribute, image, shape), [.. value.Shape[..2], .. shape[1..]]);
    }

    /// <summary>A fixed number in the places that lie outside the input.</summary>
    private Value Extrapolated(Value value, List<(int Axis, bool[] IsOutside)> outside, float number)
    {
        var mask = new float[Indexing.Length(value.Shape)];
        Array.Fill(mask, 1);
        var strides = Indexing.Strides(value.Shape);
        for (var place = 0; place < mask.Length; place++)
        {
            if (outside.Any(entry => entry.IsOutside[place / strides[entry.Axis] % value.Shape[entry.Axis]]))
                mask[place] = 0;
        }

        var inside = Combined("*", value, Value.Of(Tensor.Of(mask, value.Shape)));
        return Combined("+", inside, Value.Of(Tensor.Of([.. mask.Select(is1 => is1 == 1 ? 0 : number)], value.Shape)));
    }
}
