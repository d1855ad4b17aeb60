using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <content>Other shapes and orders.</content>
internal sealed partial class Lowering
{
    public LogicalValue Upsample(LogicalValue input, int[] scales, bool interpolates, bool alignsCorners) =>
        scales.All(scale => scale == 1) ? input : ByChannel(
            input, TensorType.Of([input.Type.Channels, .. input.Type.Pixels.Select((size, axis) => size * scales[axis])]),
            (layer, value) => new Upsampling(layer, value, scales, interpolates, alignsCorners));

    /// <summary>All axes as one, in the logical order.</summary>
    public LogicalValue Flatten(LogicalValue input) => Add([input], TensorType.Of(input.Type.Length), LayoutUse.Own, (layout, inputs) => layout.Flatten(inputs[0]));

    /// <summary>The elements in logical order under another shape.</summary>
    public LogicalValue Reshape(LogicalValue input, TensorType type) => Add(
        new PlainOperation(_layer, [input], type, LayoutUse.Own, (layout, inputs) => layout.Reshape(inputs[0], type)) { Planes = PlaneUse.Takes });

    /// <summary>A value in a frame of another size.</summary>
    /// <param name="input">The value.</param>
    /// <param name="type">The frame's type.</param>
    /// <param name="before">For each axis, what comes before the value; negative: what of it is left out there.</param>
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

    /// <summary>The matrix product of two values, of which the second may be transposed.</summary>
    public LogicalValue MatMul(IReadOnlyList<LogicalValue> inputs, TensorType type, bool transposesSecond)
    {
        var layer = _layer;
        return Add(inputs, type, LayoutUse.ChannelsFirst, (layout, values) =>
            layout.Add(new MatrixProduct(layer, values[0], values[1], type, transposesSecond ? MatrixForm.TransposedSecond : MatrixForm.Plain)));
    }

    public LogicalValue Concat(IReadOnlyList<LogicalValue> inputs, int axis)
    {
        var layer = _layer;
        return Add(inputs, inputs[0].Type.WithAxis(axis, inputs.Sum(input => input.Type.Shape[axis])), LayoutUse.Any, (layout, values) =>
            layout.Add(new Concatenation(layer, values, values[0].Type.InMemory(axis))));
    }
}
