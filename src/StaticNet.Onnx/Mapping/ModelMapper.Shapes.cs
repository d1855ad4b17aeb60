using StaticNet.Importing;
using StaticNet.Onnx.Folding;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Operators that move elements, or only see them under another shape.</summary>
internal sealed partial class ModelMapper
{
    /// <summary>More parts than a person would write.</summary>
    private const int MostParts = 64;

    private void AddShapes()
    {
        Add("Reshape", (node, inputs) => inputs[0]!.Reshaped(ShapeRules.Reshape(inputs[0]!.Shape, Constant(inputs, 1, "shape").AsIntegers(), node.Integer("allowzero", 0) != 0)));
        Add("Flatten", (node, inputs) => inputs[0]!.Reshaped(ShapeRules.Flatten(inputs[0]!.Shape, node.Integer("axis", 1))));
        Add("Squeeze", (node, inputs) => inputs[0]!.Reshaped(ShapeRules.Squeeze(inputs[0]!.Shape, ConstantFolder.Axes(node, [null, Optional(inputs, 1, "axes")], 1))));
        Add("Unsqueeze", (node, inputs) => inputs[0]!.Reshaped(ShapeRules.Unsqueeze(
            inputs[0]!.Shape, ConstantFolder.Axes(node, [null, Optional(inputs, 1, "axes")], 1) ?? throw new ModelFaultException("it has no axes"))));
        Add("Transpose", (node, inputs) => Transposed(inputs[0]!, ShapeRules.Permutation(node.Integers("perm"), inputs[0]!.Shape.Length)));
        Add("Expand", (_, inputs) => Stretched(inputs[0]!, Indexing.Broadcast(inputs[0]!.Shape, ShapeRules.Sizes(Constant(inputs, 1, "shape").AsIntegers()))));
        Add("Concat", Concat);
        Add("Slice", Slice);
        _operators.Add("Split", Split);
        Add("Gather", Gather);
        Add("Pad", Pad);
        Add("Crop", Crop);
        Add("CumSum", CumulativeSum);
        Add("Tile", Tile);
        Add("DepthToSpace", DepthToSpace);
        Add("SpaceToDepth", SpaceToDepth);
    }

    private Value Transposed(Value value, int[] order)
    {
        int[] shape = [.. order.Select(axis => value.Shape[axis])];
        // Only axes of one element change places.
        return value.Shape.Where(size => size > 1).SequenceEqual(shape.Where(size => size > 1)) && order.Where(axis => value.Shape[axis] > 1) is var moved && moved.SequenceEqual(moved.Order())
            ? value.Reshaped(shape)
            : Value.Of(_build.Transpose(Layer(value), value.Shape, order), shape);
    }

    private Value Concat(GraphNode node, Value?[] inputs)
    {
        var parts = inputs.Select(part => part ?? throw new ModelFaultException("a part is left out")).Where(part => Indexing.Length(part.Shape) > 0).ToArray();
        var axis = Indexing.Axis(node.Integer("axis", 1), parts[0].Shape.Length);
        int[] shape = [.. parts[0].Shape];
        if (parts.Any(part => part.Shape.Length != shape.Length || !part.Shape.Where((_, index) => index != axis).SequenceEqual(shape.Where((_, index) => index != axis))))
            throw new ModelFaultException($"its parts {string.Join(", ", parts.Select(part => Indexing.Text(part.Shape)))} differ in other axes than {axis}");
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        if (parts.Length == 1)
            return parts[0];
        var (before, after) = (Indexing.Length(shape[..axis]), Indexing.Length(shape[(axis + 1)..]));
        if (parts.All(part => part.Layer is not null && part.Layer == parts[0].Layer && part.Function == parts[0].Function) && parts[0].Shape[axis] == 1)
            return Value.Of(_build.Repeat(Layer(parts[0]), before, parts.Length, after), shape);
        return Value.Of(WithConstants(_build.Concat(ComputedParts(parts, axis, before, after), before, after), parts, axis, shape), shape);
    }

    /// <summary>The parts that are computed, with zeros around them in the places of constants.</summary>
    private List<LayerNode> ComputedParts(Value[] parts, int axis, int before, int after)
    {
        var computed = new List<LayerNode>();
        var zeros = 0;
        foreach (var part in parts)
        {
            if (part.Constant is not null)
            {
                zeros += part.Shape[axis];
                continue;
            }

            var layer = Layer(part);
            // Zeros before the first part belong to it, and all others to the part before them.
            if (computed.Count > 0)
                computed[^1] = Padded(computed[^1], 0, zeros);
            computed.Add(computed.Count == 0 ? Padded(layer, zeros, 0) : layer);
            zeros = 0;
        }

        computed[^1] = Padded(computed[^1], 0, zeros);
        return computed;

        LayerNode Padded(LayerNode layer, int start, int end) => _build.Pad(layer, [before, layer.Length / before / after, after], 1, start, end);
    }

    private static LayerNode WithConstants(LayerNode layer, Value[] parts, int axis, int[] shape)
    {
        if (parts.All(part => part.Constant is null || part.Constant.AsFloats().All(number => number == 0)))
            return layer;
        var (before, after) = (Indexing.Length(shape[..axis]), Indexing.Length(shape[(axis + 1)..]));
        var all = new float[layer.Length];
        var start = 0;
        foreach (var part in parts)
        {
            var run = part.Shape[axis] * after;
            for (var row = 0; row < before && part.Constant is not null; row++)
                part.Constant.AsFloats().AsSpan(row * run, run).CopyTo(all.AsSpan((row * shape[axis] * after) + start));
            start += run;
        }

        return LayerBuilder.Join("Add", layer, LayerGraph.Constant(all, layer.Shape.AsSpan()));
    }

    private Value Slice(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        Tensor?[] settings = [null, Optional(inputs, 1, "starts"), Optional(inputs, 2, "ends"), Optional(inputs, 3, "axes"), Optional(inputs, 4, "steps")];
        var slices = ShapeRules.Slices(node, value.Shape, settings);
        int[] shape = [.. value.Shape];
        if (slices.Any(slice => slice.Count == 0))
            throw new ModelFaultException("nothing is left of its input");
        if (slices.Select((slice, axis) => slice.Count == shape[axis] && slice.Step > 0).All(isAll => isAll))
            return value;
        var layer = Layer(value);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var (start, step, count) = slices[axis];
            layer = Picked(layer, shape, axis, [.. Enumerable.Range(0, count).Select(index => start + (index * step))]);
            shape[axis] = count;
        }

        return Value.Of(layer, shape);
    }

    private Value[] Split(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var axis = Indexing.Axis(node.Integer("axis", 0), value.Shape.Length);
        var sizes = ShapeRules.Split(node, value.Shape[axis], [null, Optional(inputs, 1, "split")]);
        var (layer, start) = (Layer(value), 0);
        return [.. sizes.Select(size =>
        {
            int[] shape = [.. value.Shape];
            shape[axis] = size;
            start += size;
            return size == 0 ? Value.Of(Tensor.Of(Array.Empty<float>(), shape)) : Value.Of(_build.Slice(layer, value.Shape, axis, start - size, size), shape);
        })];
    }

    private Value Gather(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var axis = Indexing.Axis(node.Integer("axis", 0), value.Shape.Length);
        var indices = Constant(inputs, 1, "list of indices");
        int[] picked = [.. indices.AsIntegers().Select(index => Indexing.Axis(index, value.Shape[axis]))];
        return Value.Of(Picked(Layer(value), value.Shape, axis, picked), [.. value.Shape[..axis], .. indices.Shape, .. value.Shape[(axis + 1)..]]);
    }

    /// <summary>The elements at these places along an axis.</summary>
    private LayerNode Picked(LayerNode layer, int[] shape, int axis, int[] places)
    {
        var size = shape[axis];
        if (places.SequenceEqual(Enumerable.Range(0, size)))
            return layer;
        if (places.Length == 0)
            throw new ModelFaultException("nothing is left of its input");
        var step = places.Length > 1 ? places[1] - places[0] : 1;
        var isEven = places.Select((place, index) => place == places[0] + (index * step)).All(isNext => isNext);
        var (before, after) = (Indexing.Length(shape[..axis]), Indexing.Length(shape[(axis + 1)..]));
        if (isEven && step == 1)
            return _build.Slice(layer, shape, axis, places[0], places.Length);
        if (isEven && step > 1)
        {
            var run = places[^1] - places[0] + 1;
            var slice = _build.Slice(layer, shape, axis, places[0], run);
            // A window of one element, moved by the step.
            return after == 1
                ? LayerBuilder.Layer(new AttributeDeclaration("MaxPool1D", 1).With("Stride", step), _build.View(slice, before, run), before, places.Length)
                : LayerBuilder.Layer(new AttributeDeclaration("MaxPool2D", 1).With("StrideHeight", step).With("StrideWidth", 1), _build.View(slice, before, run, after), before, places.Length, after);
        }

        if (places.Distinct().Count() == 1)
            return _build.Repeat(_build.Slice(layer, shape, axis, places[0], 1), before, places.Length, after);
        return Selected(layer, shape, axis, places, before, after);
    }

    /// <summary>Places in any order: a product with a matrix of zeros and ones, over no more of the axis than it needs.</summary>
    private LayerNode Selected(LayerNode layer, int[] shape, int axis, int[] places, int before, int after)
    {
        var (first, size) = (places.Min(), places.Max() - places.Min() + 1);
        var matrix = new float[places.Length * size];
        for (var index = 0; index < places.Length; index++)
            matrix[(index * size) + places[index] - first] = 1;
        return Linear(_build.Slice(layer, shape, axis, first, size), before, size, after, matrix, places.Length);
    }

    /// <summary>[before, size, after] with a matrix along the middle axis: [before, count, after].</summary>
    private LayerNode Linear(LayerNode layer, int before, int size, int after, float[] matrix, int count)
    {
        if (matrix.Length > 1 << 22)
            throw new ModelFaultException("it would be a matrix of more than four million numbers");
        var dense = new AttributeDeclaration("Dense", count).With("Bias", false).With("Trainable", false);
        if (after == 1)
        {
            int[] rows = before == 1 ? [size] : [before, size];
            return LayerBuilder.Layer(dense, _build.View(layer, rows), [.. rows[..^1], count]).With("weight", matrix, count, size);
        }

        var turned = _build.Permute(layer, [before, size, after], [0, 2, 1]);
        var product = LayerBuilder.Layer(dense, turned, before, after, count).With("weight", matrix, count, size);
        return _build.Permute(product, [before, after, count], [0, 2, 1]);
    }

    /// <summary>An image without its borders, left, top, right and bottom, or of a given height and width after them.</summary>
    private Value Crop(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var border = Windows.List(node, "border", 4, 0);
        var (height, width) = (value.Shape[2] - border[1] - border[3], value.Shape[3] - border[0] - border[2]);
        if (node.Integers("scale") is { Length: 2 } scale)
            (height, width) = (checked((int)scale[0]), checked((int)scale[1]));
        var rows = _build.Slice(Layer(value), value.Shape, 2, border[1], height);
        int[] shape = [value.Shape[0], value.Shape[1], height, value.Shape[3]];
        return Value.Of(_build.Slice(rows, shape, 3, border[0], width), [.. shape[..3], width]);
    }

    /// <summary>A product with a triangle of ones.</summary>
    private Value CumulativeSum(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var axis = Indexing.Axis(Constant(inputs, 1, "axis").AsIntegers()[0], value.Shape.Length);
        var (size, isExclusive, isReverse) = (value.Shape[axis], node.Integer("exclusive", 0) != 0, node.Integer("reverse", 0) != 0);
        var matrix = new float[size * size];
        for (var place = 0; place < matrix.Length; place++)
        {
            var distance = (place / size) - (place % size);
            matrix[place] = (isReverse ? -distance : distance) >= (isExclusive ? 1 : 0) ? 1 : 0;
        }

        return Value.Of(Linear(Layer(value), Indexing.Length(value.Shape[..axis]), size, Indexing.Length(value.Shape[(axis + 1)..]), matrix, size), value.Shape);
    }

    private Value Tile(GraphNode node, Value?[] inputs)
    {
        var (layer, repeats) = (Layer(inputs[0]!), Constant(inputs, 1, "list of repeats").AsIntegers());
        int[] shape = [.. inputs[0]!.Shape];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var count = checked((int)repeats[axis]);
            if (count != 1)
                layer = _build.Repeat(layer, Indexing.Length(shape[..axis]), count, Indexing.Length(shape[axis..]));
            shape[axis] = checked(shape[axis] * count);
        }

        return Value.Of(layer, shape);
    }

    private Value DepthToSpace(GraphNode node, Value?[] inputs)
    {
        var (value, block) = (inputs[0]!, checked((int)node.Integer("blocksize", 1)));
        var (n, c, h, w) = (value.Shape[0], value.Shape[1] / block / block, value.Shape[2], value.Shape[3]);
        var turned = node.Text("mode", "DCR") == "DCR"
            ? Transposed(value.Reshaped([n, block, block, c, h, w]), [0, 3, 4, 1, 5, 2])
            : Transposed(value.Reshaped([n, c, block, block, h, w]), [0, 1, 4, 2, 5, 3]);
        return turned.Reshaped([n, c, h * block, w * block]);
    }

    private Value SpaceToDepth(GraphNode node, Value?[] inputs)
    {
        var (value, block) = (inputs[0]!, checked((int)node.Integer("blocksize", 1)));
        var (n, c, h, w) = (value.Shape[0], value.Shape[1], value.Shape[2] / block, value.Shape[3] / block);
        return Transposed(value.Reshaped([n, c, h, block, w, block]), [0, 3, 5, 1, 2, 4]).Reshaped([n, c * block * block, h, w]);
    }
}
