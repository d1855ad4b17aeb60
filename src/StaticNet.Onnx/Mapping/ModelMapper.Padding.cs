using StaticNet.Importing;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Padding with zeros, a number, reflections or the elements at the edges.</summary>
internal sealed partial class ModelMapper
{
    private Value Pad(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var rank = value.Shape.Length;
        var pads = (Optional(inputs, 1, "list of pads")?.AsIntegers() ?? node.Integers("pads") ?? throw new ModelFaultException("it has no pads")).Select(pad => checked((int)pad)).ToArray();
        int[] axes = Optional(inputs, 3, "axes") is { } list ? [.. list.AsIntegers().Select(axis => Indexing.Axis(axis, rank))] : [.. Enumerable.Range(0, rank)];
        if (pads.Length != 2 * axes.Length)
            throw new ModelFaultException($"it has {pads.Length} pads for {axes.Length} axes");
        var (starts, ends) = (new int[rank], new int[rank]);
        for (var index = 0; index < axes.Length; index++)
            (starts[axes[index]], ends[axes[index]]) = (pads[index], pads[index + axes.Length]);
        int[] shape = [.. value.Shape.Select((size, axis) => size + starts[axis] + ends[axis])];
        if (Enumerable.Range(0, rank).All(axis => starts[axis] == 0 && ends[axis] == 0))
            return value;
        var mode = node.Text("mode", "constant");
        var number = mode == "constant" ? Optional(inputs, 2, "padding value")?.AsFloats().FirstOrDefault() ?? node.Single("value", 0) : 0;
        return Value.Of(mode == "constant" ? PadConstant(value, starts, ends, shape, number) : PadPicked(value, starts, ends, mode), shape);
    }

    private LayerNode PadConstant(Value value, int[] starts, int[] ends, int[] shape, float number)
    {
        var layer = Layer(value);
        int[] current = [.. value.Shape];
        if (IsImage(value, layer) && starts.Concat(ends).All(pad => pad >= 0) && starts[0] + starts[1] + ends[0] + ends[1] == 0)
        {
            layer = LayerBuilder.Layer(ZeroPadding(starts[2], ends[2], starts[3], ends[3]), layer, shape[1], shape[2], shape[3]);
        }
        else
        {
            for (var axis = 0; axis < current.Length; axis++)
            {
                layer = _build.Pad(layer, current, axis, starts[axis], ends[axis]);
                current[axis] = shape[axis];
            }
        }

        if (number == 0)
            return layer;
        var all = new float[Indexing.Length(shape)];
        Array.Fill(all, number);
        var inside = shape.Select((size, axis) => size - Math.Max(starts[axis], 0) - Math.Max(ends[axis], 0)).ToArray();
        var strides = Indexing.Strides(shape);
        foreach (var place in Indexing.Places(inside, strides, strides.Select((stride, axis) => stride * Math.Max(starts[axis], 0)).Sum()))
            all[place] = 0;
        return LayerBuilder.Join("Add", layer, LayerGraph.Constant(all, layer.Shape.AsSpan()));
    }

    private static bool IsImage(Value value, LayerNode layer) => value.Shape.Length == 4 && value.Shape[0] == 1 && layer.Shape.AsSpan().SequenceEqual(value.Shape.AsSpan(1));

    private static AttributeDeclaration ZeroPadding(int top, int bottom, int left, int right)
    {
        if (top == bottom && top == left && top == right)
            return new AttributeDeclaration("ZeroPadding2D", top);
        return new AttributeDeclaration("ZeroPadding2D", 0).With("PaddingTop", top, 0).With("PaddingBottom", bottom, 0).With("PaddingLeft", left, 0).With("PaddingRight", right, 0);
    }

    /// <summary>Each padded element is a copy of one that is there.</summary>
    private LayerNode PadPicked(Value value, int[] starts, int[] ends, string mode)
    {
        var layer = Layer(value);
        int[] shape = [.. value.Shape];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (starts[axis] == 0 && ends[axis] == 0)
                continue;
            var size = shape[axis];
            var (before, after) = (Indexing.Length(shape[..axis]), Indexing.Length(shape[(axis + 1)..]));
            int[] places = [.. Enumerable.Range(-starts[axis], size + starts[axis] + ends[axis]).Select(place => Source(place, size, mode))];
            var (head, tail) = (Math.Max(starts[axis], 0), Math.Max(ends[axis], 0));
            var parts = new[] { places[..head], places[head..^tail], places[^tail..] }.Where(part => part.Length > 0).Select(part => Picked(layer, shape, axis, part)).ToArray();
            layer = _build.Concat(parts, before, after);
            shape[axis] = places.Length;
        }

        return layer;
    }

    public static int Source(int place, int size, string mode)
    {
        switch (mode)
        {
            case "edge":
                return Math.Clamp(place, 0, size - 1);
            case "wrap":
                return ((place % size) + size) % size;
            case "reflect" when size > 1:
                var period = 2 * (size - 1);
                var folded = ((place % period) + period) % period;
                return folded < size ? folded : period - folded;
            default:
                throw new ModelFaultException($"it pads an axis of {size} in the mode '{mode}', which is not supported");
        }
    }
}
